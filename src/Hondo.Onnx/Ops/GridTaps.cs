using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Which pixels a point of a grid reads, with which weights, and how these change with the point.</summary>
/// <param name="Count">The pixels of a point: 1, 2 or 4 along each axis.</param>
/// <param name="Points">The points of an image.</param>
/// <param name="Places">[image, pixel of the point, point]: where the pixel lies in its plane.</param>
/// <param name="Weights">The same: its weight.</param>
/// <param name="Slopes">Along each number of a point, the same: the weight's derivative.</param>
sealed record GridTaps(int Count, int Points, int[] Places, double[] Weights, double[][] Slopes)
{
    readonly record struct Tap(int Place, double Weight, double Slope);

    /// <summary>The pixels of all points.</summary>
    /// <param name="call">The node, with its mode, padding and corners.</param>
    /// <param name="dims">[images, channels, ..] of what is read.</param>
    /// <param name="grid">[images, .., number of axes]: the last axis first, from −1 to 1.</param>
    public static GridTaps Of(Call call, ReadOnlySpan<int> dims, OnnxTensor grid)
    {
        int[] lengths = dims[2..].ToArray();
        int rank = lengths.Length, points = Dimensions.Product(grid.Dims[1..^1]), images = dims[0];
        int each = call.Node.Text("mode", "linear") switch { "nearest" => 1, "linear" or "bilinear" => 2, _ => 4 };
        int count = (int)Math.Pow(each, rank), size = Dimensions.Product([images, count, points]);
        GridTaps all = new(count, points, new int[size], new double[size],
            [.. Enumerable.Range(0, rank).Select(_ => new double[size])]);
        var along = new Tap[rank][];
        for (int n = 0; n < images; n++)
            for (int p = 0; p < points; p++)
            {
                for (int axis = 0; axis < rank; axis++)
                    along[axis] = Along(call, grid.Numbers[(n * points + p) * rank + rank - 1 - axis], lengths[axis]);
                for (int tap = 0; tap < count; tap++)
                    all.Set((n * count + tap) * points + p, tap, along, lengths);
            }
        return all;
    }

    // The product of one tap of each axis.
    void Set(int at, int tap, Tap[][] along, int[] lengths)
    {
        int rank = lengths.Length;
        Weights[at] = 1;
        Array.ForEach(Slopes, slope => slope[at] = 1);
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            Tap one = along[axis][tap % along[axis].Length];
            tap /= along[axis].Length;
            Places[at] += one.Place * Dimensions.Product(lengths.AsSpan(axis + 1));
            Weights[at] *= one.Weight;
            for (int number = 0; number < rank; number++)
                Slopes[number][at] *= rank - 1 - number == axis ? one.Slope : one.Weight;
        }
    }

    static Tap[] Along(Call call, double at, int length)
    {
        string mode = call.Node.Text("mode", "linear"), padding = call.Node.Text("padding_mode", "zeros");
        bool isAligned = call.Flag("align_corners"), isCubic = mode is "cubic" or "bicubic";
        double scale = isAligned ? (length - 1) / 2.0 : length / 2.0, low = isAligned ? 0 : -0.5;
        double x = isAligned ? (at + 1) * scale : (at + 1) * scale - 0.5;
        if (!isCubic && padding == "border" && Math.Clamp(x, 0, length - 1) is var inside && inside != x)
            (x, scale) = (inside, 0);
        else if (!isCubic && padding == "reflection")
            (x, scale) = (Reflect(x, low, length - 1 - low, out bool isTurned), isTurned ? -scale : scale);
        int first = (int)Math.Floor(x);
        Tap[] taps = mode switch
        {
            "nearest" => [new((int)Math.Round(x, MidpointRounding.ToEven), 1, 0)],
            "linear" or "bilinear" => [new(first, 1 - (x - first), -scale), new(first + 1, x - first, scale)],
            "cubic" or "bicubic" => Cubic(first, x - first, scale),
            _ => throw Call.Unknown($"the mode '{mode}'"),
        };
        for (int i = 0; i < taps.Length; i++)
            if (taps[i].Place is var place && (place < 0 || place >= length))
            {
                place = padding == "reflection" && isCubic ? (int)Reflect(place, low, length - 1 - low, out _) : place;
                taps[i] = padding == "zeros" ? default : taps[i] with { Place = Math.Clamp(place, 0, length - 1) };
            }
        return taps;
    }

    // Keys' cubic convolution (1981) with a = -3/4.
    static Tap[] Cubic(int first, double d, double scale)
    {
        const double A = -0.75;
        Tap Near(int place, double t, double sign) => new(place, ((A + 2) * t - (A + 3)) * t * t + 1,
            sign * scale * (3 * (A + 2) * t - 2 * (A + 3)) * t);
        Tap Far(int place, double t, double sign) => new(place, ((A * t - 5 * A) * t + 8 * A) * t - 4 * A,
            sign * scale * ((3 * A * t - 10 * A) * t + 8 * A));
        return [Far(first - 1, 1 + d, 1), Near(first, d, 1), Near(first + 1, 1 - d, -1), Far(first + 2, 2 - d, -1)];
    }

    static double Reflect(double x, double low, double high, out bool isTurned)
    {
        double range = high - low, over = Math.Abs(x - low);
        isTurned = x < low;
        if (range <= 0)
            return low;
        over %= 2 * range;
        if (over > range)
            (over, isTurned) = (2 * range - over, !isTurned);
        return low + over;
    }
}
