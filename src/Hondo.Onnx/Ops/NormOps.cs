using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Numbers brought to one scale.</summary>
static class NormOps
{
    public static void AddTo(OpFamily family) => family
        .AddAll("BatchNormalization", BatchNorm)
        .Add("InstanceNormalization", InstanceNorm)
        .Add("GroupNormalization", GroupNorm)
        .AddAll("LayerNormalization", LayerNorm)
        .Add("RMSNormalization", RmsNorm)
        .Add("LRN", Lrn)
        .Add("LpNormalization", LpNorm)
        .Add("MeanVarianceNormalization", MeanVariance)
        .Add("Softmax", call => Softmax(call, (e, sum, _) => Math.Exp(e) / sum))
        .Add("LogSoftmax", call => Softmax(call, (e, sum, _) => e - Math.Log(sum)))
        .Add("Hardmax", call => Softmax(call, (_, _, isFirst) => isFirst ? 1 : 0));

    static OnnxValue?[] BatchNorm(Call call)
    {
        OnnxTensor x = call[0], mean = call[3], variance = call[4];
        double epsilon = call.Float("epsilon", 1e-5), momentum = call.Float("momentum", 0.9);
        int channels = x.Rank > 1 ? x.Dims[1] : 1, inner = Dimensions.Product(x.Dims[Math.Min(2, x.Rank)..]);
        if (call.Flag("training_mode") || (call.Opset < 14 && call.Node.Wants(1) && call.Opset < 7))
        {
            OnnxTensor batchMean, batchVariance;
            (batchMean, batchVariance) = Moments(x, mean.Type, channels);
            OnnxTensor y = Normalized(x, call[1], call[2], batchMean, batchVariance, epsilon, channels, inner);
            return [y, Mix(mean, batchMean, momentum), Mix(variance, batchVariance, momentum)];
        }
        return [Normalized(x, call[1], call[2], mean, variance, epsilon, channels, inner)];
    }

    static OnnxTensor Mix(OnnxTensor running, OnnxTensor batch, double momentum) =>
        BinaryOps.Apply(running, batch, (r, b) => r * momentum + b * (1 - momentum), (r, _) => r);

    static (OnnxTensor Mean, OnnxTensor Variance) Moments(OnnxTensor x, ElementType type, int channels)
    {
        int[] axes = [.. Enumerable.Range(0, x.Rank).Where(axis => axis != 1)];
        return (CastOps.Convert(ReductionOps.Reduce(x, axes, false, n => n.Average()), type),
            CastOps.Convert(ReductionOps.Reduce(x, axes, false, Variance), type)) is var moments
            && moments.Item1.Size == channels ? moments : throw new OnnxException("The channels do not fit.");
    }

    static double Variance(double[] n)
    {
        double mean = n.Average();
        return n.Sum(x => (x - mean) * (x - mean)) / n.Length;
    }

    static OnnxTensor Normalized(OnnxTensor x, OnnxTensor scale, OnnxTensor shift, OnnxTensor mean, OnnxTensor variance,
        double epsilon, int channels, int inner)
    {
        if (scale.Size != channels || shift.Size != channels || mean.Size != channels || variance.Size != channels)
            throw new OnnxException($"Its weights {scale.Describe()} do not fit the {channels} channels of "
                + $"{x.Describe()}.");
        var y = new double[x.Size];
        for (int i = 0; i < y.Length; i++)
        {
            int c = i / inner % channels;
            y[i] = (x.Numbers[i] - mean.Numbers[c]) / Math.Sqrt(variance.Numbers[c] + epsilon) * scale.Numbers[c]
                + shift.Numbers[c];
        }
        return OnnxTensor.Of(x.Type, x.Dims.ToArray(), y);
    }

    /// <summary>Rows of some length brought to mean 0 and variance 1.</summary>
    static double[] Standardize(double[] x, int length, double epsilon)
    {
        var y = new double[x.Length];
        for (int start = 0; start < x.Length; start += length)
        {
            double[] row = x[start..(start + length)];
            double mean = row.Average(), deviation = Math.Sqrt(Variance(row) + epsilon);
            for (int i = 0; i < length; i++)
                y[start + i] = (row[i] - mean) / deviation;
        }
        return y;
    }

    static OnnxTensor InstanceNorm(Call call)
    {
        OnnxTensor x = call[0];
        int inner = Dimensions.Product(x.Dims[2..]), channels = x.Dims[1];
        double[] y = Standardize(x.Numbers, inner, call.Float("epsilon", 1e-5));
        for (int i = 0; i < y.Length; i++)
            y[i] = y[i] * call[1].Numbers[i / inner % channels] + call[2].Numbers[i / inner % channels];
        return OnnxTensor.Of(x.Type, x.Dims.ToArray(), y);
    }

    static OnnxTensor GroupNorm(Call call)
    {
        OnnxTensor x = call[0];
        int groups = (int)call.Int("num_groups", 1), channels = x.Dims[1], inner = Dimensions.Product(x.Dims[2..]);
        if (groups < 1 || channels % groups != 0)
            throw new OnnxException($"{groups} groups do not divide {channels} channels.");
        double[] y = Standardize(x.Numbers, channels / groups * inner, call.Float("epsilon", 1e-5));
        // Until opset 20 a group had one scale, since then each channel has its own.
        int perScale = call[1].Size == groups && groups != channels ? channels / groups : 1;
        for (int i = 0; i < y.Length; i++)
        {
            int c = i / inner % channels / perScale;
            y[i] = y[i] * call[1].Numbers[c] + call[2].Numbers[c];
        }
        return OnnxTensor.Of(x.Type, x.Dims.ToArray(), y);
    }

    static OnnxValue?[] LayerNorm(Call call)
    {
        OnnxTensor x = call[0];
        int axis = Dimensions.Axis(call.Int("axis", -1), x.Rank), length = Dimensions.Product(x.Dims[axis..]);
        double epsilon = call.Float("epsilon", 1e-5);
        OnnxTensor y = OnnxTensor.Of(ElementType.Float64, x.Dims.ToArray(), Standardize(x.Numbers, length, epsilon));
        y = BinaryOps.Apply(y, MatrixOps.AsDouble(call[1]), (a, b) => a * b, (a, _) => a);
        if (call.Maybe(2) is { } shift)
            y = BinaryOps.Apply(y, MatrixOps.AsDouble(shift), (a, b) => a + b, (a, _) => a);
        int[] axes = [.. Enumerable.Range(axis, x.Rank - axis)];
        OnnxTensor single = CastOps.Convert(x, (ElementType)call.Int("stash_type", (long)ElementType.Float32));
        return [CastOps.Convert(y, x.Type), ReductionOps.Reduce(single, axes, true, n => n.Average()),
            ReductionOps.Reduce(single, axes, true, n => 1 / Math.Sqrt(Variance(n) + epsilon))];
    }

    static OnnxTensor RmsNorm(Call call)
    {
        OnnxTensor x = call[0];
        int axis = Dimensions.Axis(call.Int("axis", -1), x.Rank);
        double epsilon = call.Float("epsilon", 1e-5);
        OnnxTensor wide = MatrixOps.AsDouble(x);
        OnnxTensor root = ReductionOps.Reduce(wide, [.. Enumerable.Range(axis, x.Rank - axis)], true,
            n => Math.Sqrt(n.Sum(a => a * a) / n.Length + epsilon));
        OnnxTensor y = BinaryOps.Apply(wide, root, (a, b) => a / b, (a, _) => a);
        return CastOps.Convert(BinaryOps.Apply(y, MatrixOps.AsDouble(call[1]), (a, b) => a * b, (a, _) => a), x.Type);
    }

    // Krizhevsky et al. 2012, section 3.3.
    static OnnxTensor Lrn(Call call)
    {
        OnnxTensor x = call[0];
        int size = (int)call.Int("size", 1), channels = x.Dims[1], inner = Dimensions.Product(x.Dims[2..]);
        double alpha = call.Float("alpha", 1e-4), beta = call.Float("beta", 0.75), bias = call.Float("bias", 1);
        int before = (size - 1) / 2, after = size - 1 - before;
        var y = new double[x.Size];
        for (int i = 0; i < y.Length; i++)
        {
            int c = i / inner % channels;
            double sum = 0;
            for (int other = Math.Max(0, c - before); other <= Math.Min(channels - 1, c + after); other++)
                sum += x.Numbers[i + (other - c) * inner] * x.Numbers[i + (other - c) * inner];
            y[i] = x.Numbers[i] / Math.Pow(bias + alpha / size * sum, beta);
        }
        return OnnxTensor.Of(x.Type, x.Dims.ToArray(), y);
    }

    static OnnxTensor LpNorm(Call call)
    {
        OnnxTensor x = call[0];
        bool isFirst = call.Int("p", 2) == 1;
        int axis = Dimensions.Axis(call.Int("axis", -1), x.Rank);
        OnnxTensor norm = ReductionOps.Reduce(MatrixOps.AsDouble(x), [axis], true,
            n => isFirst ? n.Sum(Math.Abs) : Math.Sqrt(n.Sum(a => a * a)));
        return CastOps.Convert(BinaryOps.Apply(MatrixOps.AsDouble(x), norm, (a, b) => b == 0 ? 0 : a / b, (a, _) => a),
            x.Type);
    }

    static OnnxTensor MeanVariance(Call call)
    {
        OnnxTensor x = call[0];
        int[] axes = [.. (call.Node.Ints("axes") ?? [0, 2, 3]).Select(a => Dimensions.Axis(a, x.Rank))];
        OnnxTensor mean = ReductionOps.Reduce(x, axes, true, n => n.Average());
        OnnxTensor deviation = ReductionOps.Reduce(x, axes, true, n => Math.Sqrt(Variance(n)));
        OnnxTensor centered = BinaryOps.Apply(x, mean, (a, b) => a - b, (a, _) => a);
        return BinaryOps.Apply(centered, deviation, (a, b) => a / (b + 1e-9), (a, _) => a);
    }

    /// <summary>f(x − max, Σ e^(x − max), whether x is the first largest), along an axis.</summary>
    static OnnxTensor Softmax(Call call, Func<double, double, bool, double> f)
    {
        OnnxTensor x = call[0];
        int axis = Dimensions.Axis(call.Int("axis", -1), x.Rank);
        int[] axes = call.Flag("flattens") ? [.. Enumerable.Range(axis, x.Rank - axis)] : [axis];
        (_, int[] starts, int[] steps) = ReductionOps.Runs(x, axes, true);
        var y = new double[x.Size];
        foreach (int start in starts)
        {
            int best = steps.MaxBy(step => x.Numbers[start + step]);
            double most = x.Numbers[start + best], sum = steps.Sum(step => Math.Exp(x.Numbers[start + step] - most));
            foreach (int step in steps)
                y[start + step] = f(x.Numbers[start + step] - most, sum, step == best);
        }
        return OnnxTensor.Of(x.Type, x.Dims.ToArray(), y);
    }
}
