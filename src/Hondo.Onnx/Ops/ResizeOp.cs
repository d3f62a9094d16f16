using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>
/// Images of another size: each axis by itself, each new pixel a weighted sum of old ones (Keys 1981 for cubic).
/// </summary>
static class ResizeOp
{
    public static void AddTo(OpFamily family) => family.Add("Resize", Resize);

    // One new pixel: where it takes its numbers from. No place at all is outside of the picture.
    readonly record struct Tap(int[] Places, double[] Weights);

    static OnnxTensor Resize(Call call)
    {
        OnnxTensor x = call[0];
        OnnxTensor y = x.IsFloat ? x : MatrixOps.AsDouble(x);
        foreach ((int axis, Tap[] taps) in TapsOf(call, x))
            y = Apply(y, axis, taps, call.Float("extrapolation_value", 0));
        return x.IsFloat ? y : CastOps.Convert(UnaryOps.Map(y,
            (double v) => Math.Clamp(Math.Round(v), x.Type.Range().Least, x.Type.Range().Most)), x.Type);
    }

    /// <summary>For each axis that changes the weights [new length, old length]; null where new pixels lie outside.
    /// </summary>
    public static IReadOnlyList<(int Axis, float[] Weights, int Length)>? Matrices(Call call)
    {
        List<(int, float[], int)> matrices = [];
        foreach ((int axis, Tap[] taps) in TapsOf(call, call[0]))
        {
            int length = call[0].Dims[axis];
            var weights = new float[Dimensions.Product([taps.Length, length])];
            for (int t = 0; t < taps.Length; t++)
                for (int p = 0; p < taps[t].Places.Length; p++)
                    weights[t * length + taps[t].Places[p]] += (float)taps[t].Weights[p];
            if (taps.Any(tap => tap.Places.Length == 0))
                return null;
            matrices.Add((axis, weights, taps.Length));
        }
        return matrices;
    }

    static IEnumerable<(int Axis, Tap[] Taps)> TapsOf(Call call, OnnxTensor x)
    {
        int[] axes = call.Node.Ints("axes")?.Select(a => Dimensions.Axis(a, x.Rank)).ToArray()
            ?? [.. Enumerable.Range(0, x.Rank)];
        (double[] scales, int[] lengths) = Sizes(call, x, axes);
        double[]? region = call.Maybe(1)?.AsNumbers();
        bool crops = call.Node.Text("coordinate_transformation_mode", "half_pixel") == "tf_crop_and_resize";
        for (int i = 0; i < axes.Length; i++)
        {
            int length = x.Dims[axes[i]];
            if (lengths[i] == length && scales[i] == 1 && !crops)
                continue;
            (double Start, double End) part = region is { Length: > 0 } ? (region[i], region[i + axes.Length]) : (0, 1);
            yield return (axes[i], [.. Enumerable.Range(0, lengths[i])
                .Select(at => TapOf(call, at, length, lengths[i], scales[i], part))]);
        }
    }

    static (double[] Scales, int[] Lengths) Sizes(Call call, OnnxTensor x, int[] axes)
    {
        int[] old = [.. axes.Select(axis => x.Dims[axis])];
        if (call.Maybe(3) is not { Size: > 0 } sizes)
        {
            double[] scales = call[2].AsNumbers();
            return (scales, [.. scales.Select((s, i) => (int)Math.Floor(old[i] * s))]);
        }
        int[] wanted = sizes.AsInts();
        double[] ratios = [.. wanted.Select((n, i) => (double)n / old[i])];
        string policy = call.Node.Text("keep_aspect_ratio_policy", "stretch");
        if (policy == "stretch")
            return (ratios, wanted);
        double ratio = policy == "not_larger" ? ratios.Min() : ratios.Max();
        return ([.. ratios.Select(_ => ratio)],
            [.. old.Select(n => (int)Math.Round(n * ratio, MidpointRounding.AwayFromZero))]);
    }

    static double Coordinate(Call call, double at, int length, int wanted, double scale,
        (double Start, double End) part)
    {
        string mode = call.Node.Text("coordinate_transformation_mode", "half_pixel");
        double exact = length * scale;
        return mode switch
        {
            "half_pixel" => (at + 0.5) / scale - 0.5,
            "half_pixel_symmetric" => length / 2.0 * (1 - wanted / exact) + (at + 0.5) / scale - 0.5,
            "pytorch_half_pixel" => wanted > 1 ? (at + 0.5) / scale - 0.5 : 0,
            "asymmetric" => at / scale,
            "tf_half_pixel_for_nn" => (at + 0.5) / scale,
            "align_corners" => exact == 1 ? 0 : at * (length - 1) / (exact - 1),
            "tf_crop_and_resize" => wanted > 1
                ? part.Start * (length - 1) + at * (part.End - part.Start) * (length - 1) / (wanted - 1)
                : 0.5 * (part.Start + part.End) * (length - 1),
            _ => throw Call.Unknown($"coordinates of mode '{mode}'"),
        };
    }

    static Tap TapOf(Call call, int at, int length, int wanted, double scale, (double Start, double End) part)
    {
        double x = Coordinate(call, at, length, wanted, scale, part);
        if (call.Node.Text("coordinate_transformation_mode", "") == "tf_crop_and_resize" && (x < 0 || x > length - 1))
            return new([], []);
        string mode = call.Node.Text("mode", "nearest");
        if (mode == "nearest")
            return new([Math.Clamp(Nearest(
                call.Node.Text("nearest_mode", "round_prefer_floor"), x), 0, length - 1)], [1]);
        double stretch = call.Flag("antialias") ? Math.Min(1, scale) : 1;
        double a = call.Float("cubic_coeff_a", -0.75);
        Func<double, double> kernel = mode switch
        {
            "linear" => d => Math.Max(0, 1 - Math.Abs(d)),
            "cubic" => d => Cubic(Math.Abs(d), a),
            _ => throw Call.Unknown($"the mode '{mode}'"),
        };
        double reach = (mode == "linear" ? 1 : 2) / stretch;
        int first = (int)Math.Floor(x - reach) + 1, last = (int)Math.Ceiling(x + reach) - 1;
        List<int> places = [];
        List<double> weights = [];
        for (int i = first; i <= last; i++)
        {
            bool isOutside = i < 0 || i >= length;
            places.Add(Math.Clamp(i, 0, length - 1));
            weights.Add(isOutside && call.Flag("exclude_outside") ? 0 : kernel((i - x) * stretch));
        }
        double sum = weights.Sum();
        return new([.. places], [.. weights.Select(w => w / sum)]);
    }

    static int Nearest(string mode, double x) => (int)(mode switch
    {
        "round_prefer_floor" => Math.Ceiling(x - 0.5),
        "round_prefer_ceil" => Math.Floor(x + 0.5),
        "floor" => Math.Floor(x),
        "ceil" => Math.Ceiling(x),
        _ => throw Call.Unknown($"the nearest pixel of mode '{mode}'"),
    });

    static double Cubic(double d, double a) => d <= 1 ? ((a + 2) * d - (a + 3)) * d * d + 1
        : d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a
        : 0;

    static OnnxTensor Apply(OnnxTensor x, int axis, Tap[] taps, double outside)
    {
        int outer = Dimensions.Product(x.Dims[..axis]), inner = Dimensions.Product(x.Dims[(axis + 1)..]);
        int length = x.Dims[axis];
        int[] dims = x.Dims.ToArray();
        dims[axis] = taps.Length;
        var y = new double[Dimensions.Product(dims)];
        for (int o = 0; o < outer; o++)
            for (int t = 0; t < taps.Length; t++)
            {
                Span<double> row = y.AsSpan((o * taps.Length + t) * inner, inner);
                if (taps[t].Places.Length == 0)
                    row.Fill(outside);
                for (int p = 0; p < taps[t].Places.Length; p++)
                    MatrixOps.AddScaled(taps[t].Weights[p],
                        x.Numbers.AsSpan((o * length + taps[t].Places[p]) * inner, inner), row);
            }
        return OnnxTensor.Of(x.Type, dims, y);
    }
}
