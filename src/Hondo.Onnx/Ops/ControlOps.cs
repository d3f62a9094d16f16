using Hondo.Onnx.Graphs;
using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Graphs inside of nodes. What flows through them may lie on the tape.</summary>
static class ControlOps
{
    const long MostRounds = 1 << 20;

    public static void AddTo(OpFamily family) => family
        .Compose("", "If", If)
        .Compose("", "Loop", Loop)
        .Compose("", "Scan", Scan)
        .Compose("", "SequenceMap", SequenceMap);

    static Graph Body(Call call, string name) =>
        call.Node.Graph(name) ?? throw new OnnxException($"It has no graph '{name}'.");

    static OnnxValue?[] If(Call call)
    {
        OnnxTensor condition = call[0];
        if (condition.Size != 1)
            throw new OnnxException($"Its condition is {condition.Describe()}, but must be one Boolean.");
        return call.Interpreter.Run(Body(call, condition.Integers[0] != 0 ? "then_branch" : "else_branch"), call.Scope);
    }

    static OnnxValue?[] Loop(Call call)
    {
        Graph body = Body(call, "body");
        long rounds = call.Maybe(0)?.Integers[0] ?? long.MaxValue;
        bool goesOn = call.Maybe(1) is not { } condition || condition.Integers[0] != 0;
        OnnxValue?[] carried = [.. Enumerable.Range(2, Math.Max(0, call.Count - 2)).Select(call.Value)];
        List<OnnxValue>[] kept = [.. Enumerable.Range(0, body.Outputs.Count - 1 - carried.Length)
            .Select(_ => new List<OnnxValue>())];
        for (long round = 0; round < rounds && goesOn; round++)
        {
            if (round == MostRounds)
                throw new OnnxException($"It does not end within {MostRounds} rounds.");
            OnnxValue?[] results = call.Interpreter.Run(body, call.Scope, [OnnxTensor.Scalar(round),
                OnnxTensor.Of(ElementType.Bool, [], [1L]), .. carried]);
            goesOn = call.Interpreter.ToPlain(results[0]) is OnnxTensor next && next.Integers[0] != 0;
            carried = results[1..(1 + carried.Length)];
            for (int i = 0; i < kept.Length; i++)
                kept[i].Add(results[1 + carried.Length + i]!);
        }
        return [.. carried, .. kept.Select((list, i) => Stack(call, list, 0, body.Outputs[1 + carried.Length + i]))];
    }

    static OnnxValue Stack(Call call, List<OnnxValue> parts, int axis, ValueInfo info) => parts.Count == 0
        ? OnnxTensor.Of(ElementType.Float32, [0], Array.Empty<double>()) is var none && info.Type.IsFloat() ? none
            : OnnxTensor.Of(info.Type, [0], Array.Empty<long>())
        : call.Compose("ConcatFromSequence", [new OnnxSequence(parts)], ("axis", (long)axis), ("new_axis", 1L));

    // One step of an axis, without the axis.
    static OnnxValue At(Call call, OnnxValue x, int axis, int place) =>
        call.Compose("Gather", [x, OnnxTensor.Scalar((long)place)], ("axis", (long)axis));

    static OnnxValue?[] Scan(Call call)
    {
        Graph body = Body(call, "body");
        int scanned = (int)call.Int("num_scan_inputs", 1), first = call.Opset < 9 ? 1 : 0;
        OnnxValue?[] all = [.. Enumerable.Range(first, call.Count - first).Select(call.Value)];
        if (first == 0)
            return Scan(call, body, all[..^scanned], [.. all[^scanned..].Select(x => x!)]);
        // Opset 8 had a batch in front of everything.
        OnnxValue?[][] each = [.. Enumerable.Range(0, all[0]!.Form.Dims[0]).Select(b =>
        {
            OnnxValue[] of = [.. all.Select(x => At(call, x!, 0, b))];
            return Scan(call, body, of[..^scanned], of[^scanned..]);
        })];
        return [.. Enumerable.Range(0, each[0].Length).Select(i =>
            Stack(call, [.. each.Select(r => r[i]!)], 0, body.Outputs[i]))];
    }

    static OnnxValue?[] Scan(Call call, Graph body, OnnxValue?[] states, OnnxValue[] inputs)
    {
        int[] axes = Axes(call, "scan_input_axes", inputs.Length);
        int[] ways = Axes(call, call.Opset < 9 ? "directions" : "scan_input_directions", inputs.Length);
        int outputs = body.Outputs.Count - states.Length;
        int[] outAxes = Axes(call, "scan_output_axes", outputs);
        int[] outWays = Axes(call, "scan_output_directions", outputs);
        for (int i = 0; i < axes.Length; i++)
            axes[i] = Dimensions.Axis(axes[i], inputs[i].Form.Dims.Length);
        int length = inputs[0].Form.Dims[axes[0]];
        List<OnnxValue>[] kept = [.. Enumerable.Range(0, outputs).Select(_ => new List<OnnxValue>())];
        for (int t = 0; t < length; t++)
        {
            IEnumerable<OnnxValue?> slices = inputs.Select((x, i) =>
                At(call, x, axes[i], ways[i] == 0 ? t : length - 1 - t));
            OnnxValue?[] results = call.Interpreter.Run(body, call.Scope, [.. states, .. slices]);
            states = results[..states.Length];
            for (int i = 0; i < outputs; i++)
                kept[i].Insert(outWays[i] == 0 ? t : 0, results[states.Length + i]!);
        }
        return [.. states, .. kept.Select((list, i) => Stack(call, list, list.Count == 0 ? 0
            : Dimensions.Axis(outAxes[i], list[0].Form.Dims.Length + 1), body.Outputs[states.Length + i]))];
    }

    static int[] Axes(Call call, string name, int count) =>
        call.Node.Ints(name) is { } given ? [.. given.Select(a => (int)a)] : new int[count];

    static OnnxValue?[] SequenceMap(Call call)
    {
        Graph body = Body(call, "body");
        OnnxSequence first = call.Sequence(0);
        List<OnnxValue>[] results = [.. body.Outputs.Select(_ => new List<OnnxValue>())];
        for (int i = 0; i < first.Items.Count; i++)
        {
            OnnxValue?[] made = call.Interpreter.Run(body, call.Scope,
                [.. Enumerable.Range(0, call.Count).Select(input =>
                call.Value(input) is OnnxSequence sequence ? sequence.Items[i] : call.Value(input))]);
            for (int o = 0; o < made.Length; o++)
                results[o].Add(made[o]!);
        }
        return [.. results.Select(list => new OnnxSequence(list))];
    }
}
