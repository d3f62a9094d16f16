using Hondo.Kernels;
using Hondo.Onnx.Proto;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>
/// A Neural Turing Machine as a Scan over the steps, whose body is one step (Graves et al. 2014, equations 2 to 9).
/// </summary>
static class TuringMachineTranslations
{
    const float Untouched = 1e-6f;

    /// <summary>All of them.</summary>
    public static OpTranslation[] All { get; } =
    [
        OpTranslation.Of<NtmOp<LstmCell>>((op, t) => Write(t, Sizes(t, op.Reads, op.Writes, op.Rows, op.Width, true))),
        OpTranslation.Of<NtmOp<RnnTanhCell>>((op, t) =>
            Write(t, Sizes(t, op.Reads, op.Writes, op.Rows, op.Width, false))),
    ];

    static NtmSizes Sizes(Translation t, int reads, int writes, int rows, int width, bool hasMemory)
    {
        int hidden = t.Inputs[3].Dims[1].Length;
        return new(1, t.Dims[1].Length, t.Inputs[0].Recorded[2].Length, hidden, hasMemory ? hidden : 0, reads, writes,
            rows, width);
    }

    static Value Write(Translation t, NtmSizes sizes)
    {
        Value x = t.Plain(t.Inputs[0]);
        Dim batch = x.Dims[0];
        // Weights lie outside the loop.
        Value[] weights = [.. t.Inputs[1..].Select(weight => t.Plain(weight) with { Name = t.NameOf(weight) })];
        List<Value> starts = [Filled(batch, Untouched, sizes.Width, sizes.Rows), FirstPlace(batch, sizes),
            Filled(batch, 0, sizes.Reads * sizes.Width)];
        if (sizes.Carried > 0)
            starts.AddRange([Filled(batch, 0, sizes.Hidden), Filled(batch, 0, sizes.Hidden)]);
        GraphWriter body = t.Writer.Inner();
        Translation inside = t.Into(body);
        Value[] states = [.. starts.Select(start => Input(body, t.Layer, start.Dims))];
        Value now = Input(body, t.Layer, [batch, sizes.Features]);
        Value[] ends = new TuringMachineStep(inside, sizes, weights).Write(now, states);
        foreach (Value end in ends)
            body.Proto.Output.Add(body.Info(end.Name!, end.Dims, GraphWriter.TypeOf(DType.Float32)));
        foreach (ValueInfoProto output in body.Proto.Output)
            body.Proto.ValueInfo.Remove(output);
        body.Proto.Name = $"{t.Layer}.step";
        return t.Nodes("Scan", [.. starts.Select(start => Translation.New(start.Dims)), Translation.New(t.Dims)],
            [.. starts, x], ("body", body.Proto), ("num_scan_inputs", 1), ("scan_input_axes", (int[])[1]),
            ("scan_output_axes", (int[])[1]))[^1];
    }

    static Value Input(GraphWriter body, string layer, Dim[] dims)
    {
        Value x = Translation.New(dims) with { Name = body.Unique($"{layer}.state") };
        body.Proto.Input.Add(body.Info(x.Name, dims, GraphWriter.TypeOf(DType.Float32)));
        return x;
    }

    static Value Repeated(Dim batch, float[] numbers, params int[] dims) =>
        Translation.New([batch, .. dims.Select(n => new Dim(n))]) with
        { Repeated = Translation.Of(Weight.Of(numbers, [1, .. dims])) };

    static Value Filled(Dim batch, float number, params int[] dims) =>
        Repeated(batch, [.. Enumerable.Repeat(number, dims.Aggregate(1, (a, b) => a * b))], dims);

    // Every head begins at the first place.
    static Value FirstPlace(Dim batch, NtmSizes sizes) => Repeated(batch,
        [.. Enumerable.Range(0, sizes.Heads * sizes.Rows).Select(i => i % sizes.Rows == 0 ? 1f : 0)], sizes.Heads,
        sizes.Rows);
}

/// <summary>One step of a Neural Turing Machine.</summary>
/// <param name="t">Where nodes go.</param>
/// <param name="sizes">The sizes.</param>
/// <param name="weights">The controller's weights and biases, the heads' weights and biases.</param>
sealed class TuringMachineStep(Translation t, NtmSizes sizes, Value[] weights)
{
    // Lengths of zero must not divide, and what is 0 has a logarithm.
    const double TinyProduct = 1e-8, TinySquare = 1e-30, TinyWeight = 1e-16;

    /// <summary>Writes the step.</summary>
    /// <param name="x">The input, [batch, features].</param>
    /// <param name="states">The memory [batch, width, rows], the heads' weights [batch, heads, rows], what was read
    /// [batch, reads · width], and of an LSTM its output and memory.</param>
    /// <returns>The states after the step, then what the machine gives.</returns>
    public Value[] Write(Value x, Value[] states)
    {
        Value memory = states[0];
        Value[] cell = Controller(x, states);
        Value told = t.Node("Gemm", Sized(sizes.Numbers), [cell[0], weights[2], weights[3]], ("transB", 1));
        Value[] numbers = t.Split(told, 1, [sizes.Heads * sizes.Width, sizes.Writes * sizes.Width,
            sizes.Writes * sizes.Width, sizes.Heads, sizes.Heads, sizes.Heads, 3 * sizes.Heads]);
        Value places = Address(numbers, memory, states[1]);
        int[] kinds = [sizes.Reads, sizes.Writes];
        Value[] sides = t.Split(places, 1, kinds);
        Value read = t.Reshape(t.Product(sides[0], Turned(memory)), Sized(sizes.Reads * sizes.Width).Dims);
        Value next = Written(memory, sides[1], Heads(t.Broadcast("Tanh", numbers[1]), sizes.Writes, sizes.Width),
            Heads(t.Broadcast("Sigmoid", numbers[2]), sizes.Writes, sizes.Width));
        Value y = t.Join(1, cell[0], read);
        // An output of a body is named once.
        return sizes.Carried > 0 ? [next, places, read, cell[0], cell[1], y] : [next, places, read, y];
    }

    Value Sized(int length) => Translation.New(t.Inputs[0].Recorded[0], length);

    // The output, and of an LSTM the memory.
    Value[] Controller(Value x, Value[] states)
    {
        int gates = sizes.Carried > 0 ? 4 : 1;
        Value seen = sizes.Carried > 0 ? t.Join(1, x, states[2], states[3]) : t.Join(1, x, states[2]);
        Value sums = t.Node("Gemm", Sized(gates * sizes.Hidden), [seen, weights[0], weights[1]], ("transB", 1));
        if (gates == 1)
            return [t.Broadcast("Tanh", sums)];
        Value[] parts = t.Split(sums, 1, [.. Enumerable.Repeat(sizes.Hidden, 4)]);
        Value input = t.Broadcast("Mul", t.Broadcast("Sigmoid", parts[0]), t.Broadcast("Tanh", parts[2]));
        Value kept = t.Broadcast("Mul", t.Broadcast("Sigmoid", parts[1]), states[4]);
        Value cell = t.Broadcast("Add", kept, input);
        return [t.Broadcast("Mul", t.Broadcast("Sigmoid", parts[3]), t.Broadcast("Tanh", cell)), cell];
    }

    Value Heads(Value x, int heads, int length) => t.Reshape(x, [x.Dims[0], heads, length]);

    Value Turned(Value x) => t.Arrange(x, [0, 2, 1]) with { Order = Value.Plain(3) };

    // Where the heads look: by content, then near where they were, then shifted and sharpened.
    Value Address(Value[] numbers, Value memory, Value last)
    {
        Value Each(int kind, string op) => Heads(t.Broadcast(op, numbers[kind]), sizes.Heads, 1);
        Value keys = Heads(t.Broadcast("Tanh", numbers[0]), sizes.Heads, sizes.Width);
        Value gate = Each(3, "Sigmoid"), strength = Each(4, "Softplus"), sharpness = Each(5, "Softplus");
        Value lengths = t.Broadcast("Mul", Length(keys, 2), Length(memory, 1));
        Value cosines = t.Broadcast("Div", t.Product(keys, memory),
            t.Broadcast("Add", lengths, Translation.Number(TinyProduct)));
        Value content = Softmax(t.Broadcast("Mul", strength, cosines));
        Value mixed = t.Broadcast("Add", t.Broadcast("Mul", gate, content),
            t.Broadcast("Mul", t.Broadcast("Sub", Translation.Number(1), gate), last));
        Value logs = t.Broadcast("Log", t.Broadcast("Add", Shift(mixed, Softmax(Heads(numbers[6], sizes.Heads, 3))),
            Translation.Number(TinyWeight)));
        return Softmax(t.Broadcast("Mul", t.Broadcast("Add", sharpness, Translation.Number(1)), logs));
    }

    Value Softmax(Value x) => t.Node("Softmax", x, [x], ("axis", -1));

    Value Length(Value x, int axis)
    {
        Value sum = ReductionTranslations.Reduce(t, "ReduceSum", t.Broadcast("Mul", x, x), [axis], keepsAxes: true);
        return t.Broadcast("Sqrt", t.Broadcast("Add", sum, Translation.Number(TinySquare)));
    }

    // Around the circle of places: back · next + stay · same + on · last.
    Value Shift(Value mixed, Value shift)
    {
        int rows = sizes.Rows;
        Value Part(Value x, int from, int to) =>
            ShapeTranslations.Cut(t, x, [2], _ => from, _ => to, _ => 1, _ => to - from);
        Value next = t.Join(2, Part(mixed, 1, rows), Part(mixed, 0, 1));
        Value before = t.Join(2, Part(mixed, rows - 1, rows), Part(mixed, 0, rows - 1));
        Value[] ways = t.Split(shift, 2, [1, 1, 1]);
        Value near = t.Broadcast("Add", t.Broadcast("Mul", ways[0], next), t.Broadcast("Mul", ways[1], mixed));
        return t.Broadcast("Add", near, t.Broadcast("Mul", ways[2], before));
    }

    // place · Π (1 − weight · erase) + Σ weight · add over the writing heads
    Value Written(Value memory, Value places, Value adds, Value erases)
    {
        for (int head = 0; head < sizes.Writes; head++)
        {
            int at = head;
            Value Of(Value x) => ShapeTranslations.Cut(t, x, [1], _ => at, _ => at + 1, _ => 1, _ => 1);
            Value erased = t.Broadcast("Mul", Turned(Of(erases)), Of(places));
            memory = t.Broadcast("Mul", memory, t.Broadcast("Sub", Translation.Number(1), erased));
        }
        return t.Broadcast("Add", memory, t.Product(Turned(adds), places));
    }
}
