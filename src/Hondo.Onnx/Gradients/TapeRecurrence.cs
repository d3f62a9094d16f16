using Hondo.Onnx.Values;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Gradients;

/// <summary>
/// Recurrent networks over [time, batch, features], in one direction or both, with every form of their attributes: the
/// sums of all inputs are one product, then each step is its formula.
/// </summary>
static class TapeRecurrence
{
    public static void AddTo(Dictionary<string, TapeOp> ops)
    {
        ops["RNN"] = call => Run(call, 1, RnnStep);
        ops["GRU"] = call => Run(call, 3, GruStep);
        ops["LSTM"] = call => Run(call, 4, LstmStep);
    }

    /// <summary>One direction: W and R as [hidden · gates, ..], biases and peepholes as rows, or null.</summary>
    sealed record Cell(Node Node, int Hidden, Tensor W, Tensor R, Tensor? InputBias, Tensor? StateBias,
        Tensor? Peephole, Func<Tensor, Tensor>[] Activations)
    {
        public Tensor Gate(Tensor sums, int gate) => sums.SliceAxis(1, (gate * Hidden)..((gate + 1) * Hidden));

        public Tensor State(Tensor h)
        {
            Tensor sums = h.MatMul(R, transposeB: true);
            return StateBias is { } bias ? sums + bias : sums;
        }

        // Input, output, forget.
        public Tensor Peep(Tensor sums, int gate, Tensor c) => Peephole is { } p
            ? sums + p.SliceAxis(0, (gate * Hidden)..((gate + 1) * Hidden)) * c : sums;
    }

    delegate (Tensor H, Tensor C) Step(Cell cell, Tensor x, Tensor h, Tensor c);

    static OnnxValue?[]? Run(TapeCall call, int gates, Step step)
    {
        bool isBatchFirst = call.Node.Int("layout", 0) == 1;
        Tensor x = isBatchFirst ? call.Tensor(0).Permute(1, 0, 2) : call.Tensor(0);
        int time = x.Shape[0], batch = x.Shape[1], directions = call.Dims(1)[0];
        int hidden = (int)call.Node.Int("hidden_size", call.Dims(2)[2]);
        if (call.Dims(1)[1] != gates * hidden || call.Dims(2)[1] != gates * hidden || time == 0 || batch == 0)
            return null;
        List<Tensor> all = [], lastH = [], lastC = [];
        for (int d = 0; d < directions; d++)
        {
            Cell cell = CellOf(call, d, gates, hidden);
            bool isBack = call.Node.Text("direction", "forward") == "reverse" || d == 1;
            Tensor h = Start(call, 5, d, batch, hidden, isBatchFirst, x.DType);
            Tensor c = gates == 4 ? Start(call, 6, d, batch, hidden, isBatchFirst, x.DType) : h;
            Tensor sums = x.Reshape([time * batch, x.Shape[2]]).MatMul(cell.W, transposeB: true);
            sums = (cell.InputBias is { } bias ? sums + bias : sums).Reshape([time, batch, gates * hidden]);
            var outputs = new Tensor[time];
            for (int s = 0; s < time; s++)
            {
                int t = isBack ? time - 1 - s : s;
                (Tensor nextH, Tensor nextC) = step(cell, sums[t..(t + 1)].Squeeze(0), h, c);
                Tensor? isIn = MaskOf(call, t, batch, x.DType);
                (h, c) = (Kept(nextH, h, isIn), gates == 4 ? Kept(nextC, c, isIn) : h);
                outputs[t] = isIn is { } mask ? nextH * mask : nextH;
            }
            all.Add(Tensor.Stack(0, outputs));
            lastH.Add(h);
            lastC.Add(c);
        }
        Tensor y = Tensor.Stack(1, [.. all]), hs = Tensor.Stack(0, [.. lastH]), cs = Tensor.Stack(0, [.. lastC]);
        if (isBatchFirst)
            (y, hs, cs) = (y.Permute(2, 0, 1, 3), hs.Permute(1, 0, 2), cs.Permute(1, 0, 2));
        TapeValue Of(Tensor one) => TapeValue.Of(one, call[0].Type);
        return gates == 4 ? [Of(y), Of(hs), Of(cs)] : [Of(y), Of(hs)];
    }

    // 1 for the sequences that are still going on at a time, 0 for those that have ended; null where all are.
    static Tensor? MaskOf(TapeCall call, int t, int batch, DType type)
    {
        if (!call.Has(4))
            return null;
        long[] lengths = call.Constant(4).Integers;
        float[] mask = [.. lengths.Select(length => t < length ? 1f : 0)];
        return mask.All(one => one == 1) ? null : Tensor.Of(mask, [batch, 1]).To(type);
    }

    static Tensor Kept(Tensor next, Tensor before, Tensor? isIn) => isIn is { } mask
        ? next * mask + before * (1 - mask) : next;

    static Tensor Start(TapeCall call, int input, int d, int batch, int hidden, bool isBatchFirst, DType type)
    {
        if (!call.Has(input))
            return Tensor.Zeros([batch, hidden], type);
        Tensor given = isBatchFirst ? call.Tensor(input).Permute(1, 0, 2) : call.Tensor(input);
        return given[d..(d + 1)].Squeeze(0);
    }

    static Cell CellOf(TapeCall call, int d, int gates, int hidden)
    {
        Tensor Part(int input) => call.Tensor(input)[d..(d + 1)].Squeeze(0);
        int rows = gates * hidden;
        Tensor? bias = call.Has(3) ? Part(3) : null;
        string[] usual = gates switch { 1 => ["Tanh"], 3 => ["Sigmoid", "Tanh"], _ => ["Sigmoid", "Tanh", "Tanh"] };
        string[] names = call.Node.Texts("activations") is { } given && given.Length >= (d + 1) * usual.Length
            ? given[(d * usual.Length)..((d + 1) * usual.Length)] : usual;
        double clip = call.Node.Float("clip", double.PositiveInfinity);
        Func<Tensor, Tensor>[] activations = [.. names.Select((name, i) => ActivationOf(call.Node, name,
            d * usual.Length + i)).Select(f => double.IsFinite(clip) ? x => f(x.Clip(-clip, clip)) : f)];
        return new(call.Node, hidden, Part(1), Part(2), bias?[..rows], bias?[rows..],
            gates == 4 && call.Has(7) ? Part(7) : null, activations);
    }

    static readonly string[] WithNumbers =
        ["Affine", "LeakyRelu", "ThresholdedRelu", "ScaledTanh", "HardSigmoid", "Elu"];

    static readonly (string List, string Own)[] NumbersOf =
        [("activation_alpha", "alpha"), ("activation_beta", "beta")];

    static Func<Tensor, Tensor> ActivationOf(Node node, string name, int i)
    {
        switch (name.ToUpperInvariant())
        {
            case "SIGMOID":
                return x => x.Sigmoid();
            case "TANH":
                return x => x.Tanh();
            case "RELU":
                return x => x.Relu();
            case "SOFTSIGN":
                return x => x.Softsign();
            case "SOFTPLUS":
                return x => x.Softplus();
        }
        string op = WithNumbers.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new OnnxNotSupportedException($"Hondo does not know the activation '{name}'.");
        Dictionary<string, object> numbers = [];
        foreach ((string list, string own) in NumbersOf)
            if (node.Floats(list) is { } given && i < given.Length)
                numbers[own] = given[i];
        return TapeFormulas.Activation(op, node with { Attributes = numbers });
    }

    static (Tensor H, Tensor C) RnnStep(Cell cell, Tensor x, Tensor h, Tensor c)
    {
        Tensor next = cell.Activations[0](x + cell.State(h));
        return (next, next);
    }

    // Gates update, reset, hidden.
    static (Tensor H, Tensor C) GruStep(Cell cell, Tensor x, Tensor h, Tensor c)
    {
        int n = cell.Hidden;
        Tensor state = cell.State(h);
        Tensor z = cell.Activations[0](cell.Gate(x, 0) + cell.Gate(state, 0));
        Tensor r = cell.Activations[0](cell.Gate(x, 1) + cell.Gate(state, 1));
        Tensor inner;
        if (cell.Node.Int("linear_before_reset", 0) != 0)
            inner = r * cell.Gate(state, 2);
        else
        {
            inner = (r * h).MatMul(cell.R.SliceAxis(0, (2 * n)..(3 * n)), transposeB: true);
            inner = cell.StateBias is { } bias ? inner + bias[(2 * n)..] : inner;
        }
        Tensor next = (1 - z) * cell.Activations[1](cell.Gate(x, 2) + inner) + z * h;
        return (next, next);
    }

    // Gates input, output, forget, cell.
    static (Tensor H, Tensor C) LstmStep(Cell cell, Tensor x, Tensor h, Tensor c)
    {
        Tensor sums = x + cell.State(h);
        Tensor input = cell.Activations[0](cell.Peep(cell.Gate(sums, 0), 0, c));
        Tensor forget = cell.Node.Int("input_forget", 0) != 0 ? 1 - input
            : cell.Activations[0](cell.Peep(cell.Gate(sums, 2), 2, c));
        Tensor memory = forget * c + input * cell.Activations[1](cell.Gate(sums, 3));
        Tensor output = cell.Activations[0](cell.Peep(cell.Gate(sums, 1), 1, memory));
        return (output * cell.Activations[2](memory), memory);
    }
}
