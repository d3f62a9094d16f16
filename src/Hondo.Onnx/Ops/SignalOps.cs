using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Signals and their spectra; and numbers drawn at random.</summary>
static class SignalOps
{
    public static void AddTo(OpFamily family)
    {
        Window(family, "HannWindow", 0.5, -0.5, 0);
        Window(family, "HammingWindow", 25.0 / 46, -21.0 / 46, 0);
        Window(family, "BlackmanWindow", 0.42, -0.5, 0.08);
        family.Add("DFT", Dft).Add("STFT", Stft).Add("MelWeightMatrix", MelWeights);
        family.Add("RandomUniform", call => Draw(call, call.Node.Ints("shape") ?? [], Uniform));
        family.Add("RandomNormal", call => Draw(call, call.Node.Ints("shape") ?? [], Normal));
        family.Add("RandomUniformLike", call => Draw(call, Like(call), Uniform));
        family.Add("RandomNormalLike", call => Draw(call, Like(call), Normal));
        family.Add("Bernoulli", call => CastOps.Convert(UnaryOps.Map(MatrixOps.AsDouble(call[0]),
            (double p) => call.Interpreter.Random.NextDouble() < p ? 1 : 0),
            (ElementType)call.Int("dtype", (long)call[0].Type)));
    }

    static long[] Like(Call call) => [.. call[0].Dims.ToArray().Select(n => (long)n)];

    static double Uniform(Call call) =>
        call.Float("low", 0) + call.Interpreter.Random.NextDouble() * (call.Float("high", 1) - call.Float("low", 0));

    // Box and Muller 1958.
    static double Normal(Call call)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - call.Interpreter.Random.NextDouble()));
        return call.Float("mean", 0)
            + call.Float("scale", 1) * radius * Math.Cos(2 * Math.PI * call.Interpreter.Random.NextDouble());
    }

    static OnnxTensor Draw(Call call, long[] shape, Func<Call, double> draw)
    {
        int[] dims = [.. shape.Select(n => (int)n)];
        var type = (ElementType)call.Int("dtype", call.Count > 0 && call[0].IsFloat ? (long)call[0].Type : 1);
        return OnnxTensor.Of(type, dims, [.. Enumerable.Range(0, Dimensions.Product(dims)).Select(_ => draw(call))]);
    }

    static void Window(OpFamily family, string name, double a, double b, double c) => family.Add(name, call =>
    {
        int size = (int)call[0].AsNumbers()[0];
        double period = call.Flag("periodic", true) ? size : size - 1;
        return OnnxTensor.Of((ElementType)call.Int("output_datatype", 1), [size],
            [.. Enumerable.Range(0, size).Select(i =>
            a + b * Math.Cos(2 * Math.PI * i / period) + c * Math.Cos(4 * Math.PI * i / period))]);
    });

    static OnnxTensor Dft(Call call)
    {
        OnnxTensor x = call[0];
        bool inverse = call.Flag("inverse"), onesided = call.Flag("onesided");
        // Until opset 19 the axis was an attribute.
        long along = call.Opset < 20 ? call.Int("axis", 1) : call.Maybe(2)?.Integers[0] ?? -2;
        int axis = Dimensions.Axis(along, x.Rank), parts = x.Dims[^1];
        int length = (int)(call.Integers(1)?[0] ?? 0);
        bool expands = onesided && inverse;
        if (length == 0)
            length = expands ? 2 * (x.Dims[axis] - 1) : x.Dims[axis];
        int count = onesided && !inverse ? length / 2 + 1 : length;
        int[] dims = x.Dims.ToArray();
        (dims[axis], dims[^1]) = (count, expands ? 1 : 2);
        int outer = Dimensions.Product(x.Dims[..axis]), inner = Dimensions.Product(x.Dims[(axis + 1)..^1]);
        var y = new double[Dimensions.Product(dims)];
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                (double[] re, double[] im) = Line(x, o, i, axis, inner, length, parts, expands);
                for (int k = 0; k < count; k++)
                {
                    (double sumRe, double sumIm) = Sum(re, im, k, inverse);
                    int at = ((o * count + k) * inner + i) * dims[^1];
                    y[at] = sumRe;
                    if (dims[^1] == 2)
                        y[at + 1] = sumIm;
                }
            }
        return OnnxTensor.Of(x.Type, dims, y);
    }

    static (double[] Re, double[] Im) Line(OnnxTensor x, int o, int i, int axis, int inner, int length, int parts,
        bool expands)
    {
        double[] re = new double[Dimensions.Product([length])], im = new double[length];
        int own = x.Dims[axis];
        for (int t = 0; t < Math.Min(length, own); t++)
        {
            int at = ((o * own + t) * inner + i) * parts;
            (re[t], im[t]) = (x.Numbers[at], parts == 2 ? x.Numbers[at + 1] : 0);
        }
        // The other half of a spectrum of real numbers is its mirror image.
        for (int t = own; expands && t < length; t++)
            if (length - t < own)
                (re[t], im[t]) = (re[length - t], -im[length - t]);
        return (re, im);
    }

    static (double Re, double Im) Sum(double[] re, double[] im, int k, bool inverse)
    {
        double sumRe = 0, sumIm = 0;
        int n = re.Length;
        for (int t = 0; t < n; t++)
        {
            double angle = (inverse ? 2 : -2) * Math.PI * ((long)k * t % n) / n;
            double cos = Math.Cos(angle), sin = Math.Sin(angle);
            sumRe += re[t] * cos - im[t] * sin;
            sumIm += re[t] * sin + im[t] * cos;
        }
        return inverse ? (sumRe / n, sumIm / n) : (sumRe, sumIm);
    }

    static OnnxTensor Stft(Call call)
    {
        OnnxTensor x = call[0];
        OnnxTensor? window = call.Maybe(2);
        int step = (int)call[1].AsNumbers()[0], parts = x.Rank == 3 ? x.Dims[2] : 1, time = x.Dims[1];
        int length = (int)(call.Maybe(3)?.AsNumbers()[0] ?? window?.Size
            ?? throw new OnnxException("It needs a window, "
            + "or the length of a frame."));
        if (step < 1 || length < 1 || length > time)
            throw new OnnxException($"Frames of {length} every {step} do not fit a signal of {time}.");
        int frames = (time - length) / step + 1, count = call.Flag("onesided", true) ? length / 2 + 1 : length;
        var y = new double[Dimensions.Product([x.Dims[0], frames, count, 2])];
        double[] re = new double[length], im = new double[length];
        for (int frame = 0; frame < x.Dims[0] * frames; frame++)
        {
            for (int t = 0; t < length; t++)
            {
                int at = (frame / frames * time + frame % frames * step + t) * parts;
                double weight = window?.Numbers[t] ?? 1;
                (re[t], im[t]) = (weight * x.Numbers[at], parts == 2 ? weight * x.Numbers[at + 1] : 0);
            }
            for (int k = 0; k < count; k++)
                (y[(frame * count + k) * 2], y[(frame * count + k) * 2 + 1]) = Sum(re, im, k, false);
        }
        return OnnxTensor.Of(x.Type, [x.Dims[0], frames, count, 2], y);
    }

    // mel = 2595 log10(1 + f / 700)
    static OnnxTensor MelWeights(Call call)
    {
        int bins = (int)call[0].AsNumbers()[0], length = (int)call[1].AsNumbers()[0];
        int rate = (int)call[2].AsNumbers()[0];
        double low = 2595 * Math.Log10(1 + call[3].AsNumbers()[0] / 700);
        double high = 2595 * Math.Log10(1 + call[4].AsNumbers()[0] / 700), step = (high - low) / (bins + 2);
        int rows = length / 2 + 1;
        int[] edges = [.. Enumerable.Range(0, bins + 2).Select(i =>
            (int)Math.Floor((length + 1) * (700 * (Math.Pow(10, (low + i * step) / 2595) - 1)) / rate))];
        var y = new double[Dimensions.Product([rows, bins])];
        for (int b = 0; b < bins; b++)
        {
            int left = edges[b], middle = edges[b + 1], right = edges[b + 2];
            if (middle == left)
                y[middle * bins + b] = 1;
            for (int f = left; f <= middle && middle > left; f++)
                y[f * bins + b] = (double)(f - left) / (middle - left);
            for (int f = middle; f < right && right > middle; f++)
                y[f * bins + b] = (double)(right - f) / (right - middle);
        }
        return OnnxTensor.Of((ElementType)call.Int("output_datatype", 1), [rows, bins], y);
    }
}
