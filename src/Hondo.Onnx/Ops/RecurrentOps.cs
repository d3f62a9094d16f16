using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Recurrent networks over [time, batch, features], in one direction or both.</summary>
static class RecurrentOps
{
    public static void AddTo(OpFamily family) => family
        .AddAll("RNN", call => Run(call, 1, RnnStep))
        .AddAll("GRU", call => Run(call, 3, GruStep))
        .AddAll("LSTM", call => Run(call, 4, LstmStep));

    /// <summary>One direction's weights, and what a step reads.</summary>
    sealed record Cell(Call Call, int Direction, int Hidden, int Inputs, double[] W, double[] R, double[] Bias,
        double[] Peephole, Func<double, double>[] Activations);

    delegate void Step(Cell cell, double[] x, double[] h, double[] c);

    static OnnxValue?[] Run(Call call, int gates, Step step)
    {
        bool batchFirst = call.Int("layout", 0) == 1;
        OnnxTensor x = batchFirst ? ShapeOps.Transpose(call[0], 1, 0, 2) : call[0];
        int time = x.Dims[0], batch = x.Dims[1], inputs = x.Dims[2], directions = call[1].Dims[0];
        int hidden = (int)call.Int("hidden_size", call[2].Dims[2]);
        if (call[1].Size != directions * gates * hidden * inputs
            || call[2].Size != directions * gates * hidden * hidden)
            throw new OnnxException($"Weights {call[1].Describe()} and {call[2].Describe()} do not fit "
                + $"{x.Describe()} and {hidden} hidden units.");
        var y = new double[Dimensions.Product([time, directions, batch, hidden])];
        double[] hEnd = Start(call, 5, directions, batch, hidden, batchFirst);
        double[] cEnd = gates == 4 ? Start(call, 6, directions, batch, hidden, batchFirst) : new double[hEnd.Length];
        string way = call.Node.Text("direction", "forward");
        for (int d = 0; d < directions; d++)
        {
            Cell cell = CellOf(call, d, gates, hidden, inputs);
            bool back = way == "reverse" || d == 1;
            for (int b = 0; b < batch; b++)
            {
                int at = (d * batch + b) * hidden, length = (int)(call.Integers(4)?[b] ?? time);
                double[] h = hEnd[at..(at + hidden)], c = cEnd[at..(at + hidden)];
                for (int s = 0; s < length; s++)
                {
                    int t = back ? length - 1 - s : s, from = (t * batch + b) * inputs;
                    step(cell, x.Numbers[from..(from + inputs)], h, c);
                    h.CopyTo(y, ((t * directions + d) * batch + b) * hidden);
                }
                h.CopyTo(hEnd, at);
                c.CopyTo(cEnd, at);
            }
        }
        return Outputs(x.Type, y, hEnd, cEnd, [time, directions, batch, hidden], gates == 4, batchFirst);
    }

    static OnnxValue?[] Outputs(ElementType type, double[] y, double[] h, double[] c, int[] dims, bool hasCells,
        bool batchFirst)
    {
        int[] last = dims[1..];
        OnnxTensor all = OnnxTensor.Of(type, dims, y), hidden = OnnxTensor.Of(type, last, h);
        OnnxTensor cells = OnnxTensor.Of(type, last, c);
        if (batchFirst)
        {
            all = ShapeOps.Transpose(all, 2, 0, 1, 3);
            hidden = ShapeOps.Transpose(hidden, 1, 0, 2);
            cells = ShapeOps.Transpose(cells, 1, 0, 2);
        }
        return hasCells ? [all, hidden, cells] : [all, hidden];
    }

    static double[] Start(Call call, int input, int directions, int batch, int hidden, bool batchFirst)
    {
        if (call.Maybe(input) is not { } given)
            return new double[directions * batch * hidden];
        return [.. (batchFirst ? ShapeOps.Transpose(given, 1, 0, 2) : given).Numbers];
    }

    static Cell CellOf(Call call, int d, int gates, int hidden, int inputs)
    {
        double[] bias = Part(call.Maybe(3)?.Numbers, d, 2 * gates * hidden);
        string[] usual = gates switch { 1 => ["Tanh"], 3 => ["Sigmoid", "Tanh"], _ => ["Sigmoid", "Tanh", "Tanh"] };
        string[] names = call.Node.Texts("activations") is { } given && given.Length >= (d + 1) * usual.Length
            ? given[(d * usual.Length)..((d + 1) * usual.Length)] : usual;
        double[]? alphas = call.Node.Floats("activation_alpha"), betas = call.Node.Floats("activation_beta");
        double clip = call.Float("clip", double.PositiveInfinity);
        Func<double, double>[] activations = [.. names.Select((name, i) => ActivationOf(name,
            At(alphas, d * usual.Length + i), At(betas, d * usual.Length + i)))
            .Select(f => (Func<double, double>)(x => f(Math.Clamp(x, -clip, clip))))];
        return new(call, d, hidden, inputs, Part(call[1].Numbers, d, gates * hidden * inputs),
            Part(call[2].Numbers, d, gates * hidden * hidden), bias,
            Part(gates == 4 ? call.Maybe(7)?.Numbers : null, d, 3 * hidden), activations);
    }

    static double[] Part(double[]? all, int d, int length) =>
        all is null ? new double[length] : all[(d * length)..((d + 1) * length)];

    static double? At(double[]? list, int i) => list is not null && i < list.Length ? list[i] : null;

    static Func<double, double> ActivationOf(string name, double? alpha, double? beta) => name.ToUpperInvariant() switch
    {
        "SIGMOID" => SpecialFunctions.Sigmoid,
        "TANH" => Math.Tanh,
        "RELU" => x => Math.Max(0, x),
        "SOFTSIGN" => x => x / (1 + Math.Abs(x)),
        "SOFTPLUS" => SpecialFunctions.Softplus,
        "AFFINE" => x => (alpha ?? 1) * x + (beta ?? 0),
        "LEAKYRELU" => x => x < 0 ? (alpha ?? 0.01) * x : x,
        "THRESHOLDEDRELU" => x => x > (alpha ?? 1) ? x : 0,
        "SCALEDTANH" => x => (alpha ?? 1) * Math.Tanh((beta ?? 1) * x),
        "HARDSIGMOID" => x => Math.Clamp((alpha ?? 0.2) * x + (beta ?? 0.5), 0, 1),
        "ELU" => x => x < 0 ? (alpha ?? 1) * (Math.Exp(x) - 1) : x,
        _ => throw Call.Unknown($"the activation '{name}'"),
    };

    // w·v of one unit of a gate.
    static double Dot(double[] w, int row, double[] v)
    {
        double sum = 0;
        for (int i = 0; i < v.Length; i++)
            sum += w[row * v.Length + i] * v[i];
        return sum;
    }

    static double Gate(Cell cell, int gate, int unit, int gates, double[] x, double[] h)
    {
        int row = gate * cell.Hidden + unit;
        return Dot(cell.W, row, x) + Dot(cell.R, row, h) + cell.Bias[row] + cell.Bias[gates * cell.Hidden + row];
    }

    static void RnnStep(Cell cell, double[] x, double[] h, double[] c)
    {
        double[] old = (double[])h.Clone();
        for (int u = 0; u < h.Length; u++)
            h[u] = cell.Activations[0](Gate(cell, 0, u, 1, x, old));
    }

    // Gates update, reset, hidden.
    static void GruStep(Cell cell, double[] x, double[] h, double[] c)
    {
        int n = cell.Hidden;
        double[] old = (double[])h.Clone(), z = new double[n], r = new double[n];
        for (int u = 0; u < n; u++)
        {
            z[u] = cell.Activations[0](Gate(cell, 0, u, 3, x, old));
            r[u] = cell.Activations[0](Gate(cell, 1, u, 3, x, old));
        }
        double[] resets = [.. r.Zip(old, (a, b) => a * b)];
        bool after = cell.Call.Flag("linear_before_reset");
        for (int u = 0; u < n; u++)
        {
            int row = 2 * n + u;
            double input = Dot(cell.W, row, x) + cell.Bias[row], bias = cell.Bias[3 * n + row];
            double candidate = cell.Activations[1](after ? input + r[u] * (Dot(cell.R, row, old) + bias)
                : input + Dot(cell.R, row, resets) + bias);
            h[u] = (1 - z[u]) * candidate + z[u] * old[u];
        }
    }

    // Gates input, output, forget, cell.
    static void LstmStep(Cell cell, double[] x, double[] h, double[] c)
    {
        int n = cell.Hidden;
        double[] old = (double[])h.Clone(), p = cell.Peephole;
        bool coupled = cell.Call.Flag("input_forget");
        for (int u = 0; u < n; u++)
        {
            double input = cell.Activations[0](Gate(cell, 0, u, 4, x, old) + p[u] * c[u]);
            double forget = coupled ? 1 - input
                : cell.Activations[0](Gate(cell, 2, u, 4, x, old) + p[2 * n + u] * c[u]);
            c[u] = forget * c[u] + input * cell.Activations[1](Gate(cell, 3, u, 4, x, old));
            double output = cell.Activations[0](Gate(cell, 1, u, 4, x, old) + p[n + u] * c[u]);
            h[u] = output * cell.Activations[2](c[u]);
        }
    }
}
