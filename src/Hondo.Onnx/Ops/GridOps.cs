using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Pixels taken from places between pixels.</summary>
static class GridOps
{
    public static void AddTo(OpFamily family) => family
        .Add("GridSample", GridSample)
        .Add("AffineGrid", AffineGrid)
        .Add("RoiAlign", RoiAlign)
        .Add("Clip", Clip);

    static OnnxTensor Clip(Call call)
    {
        OnnxTensor x = call[0];
        if (x.IsFloat)
        {
            double low = call.Maybe(1)?.Numbers[0] ?? double.NegativeInfinity;
            double high = call.Maybe(2)?.Numbers[0] ?? double.PositiveInfinity;
            return UnaryOps.Map(x, (double n) => Math.Min(high, Math.Max(low, n)));
        }
        long least = call.Maybe(1)?.Integers[0] ?? long.MinValue, most = call.Maybe(2)?.Integers[0] ?? long.MaxValue;
        return UnaryOps.Map(x, (long n) => Math.Min(most, Math.Max(least, n)));
    }

    static OnnxTensor GridSample(Call call)
    {
        OnnxTensor x = call[0], grid = call[1];
        GridTaps taps = GridTaps.Of(call, x.Dims, grid);
        int channels = x.Dims[1], area = Dimensions.Product(x.Dims[2..]), points = taps.Points;
        var y = new double[Dimensions.Product([x.Dims[0], channels, points])];
        for (int i = 0; i < y.Length; i++)
        {
            int p = i % points, n = i / points / channels, first = n * taps.Count * points + p;
            for (int tap = first; tap < first + taps.Count * points; tap += points)
                if (taps.Weights[tap] != 0)
                    y[i] += taps.Weights[tap] * x.Numbers[i / points * area + taps.Places[tap]];
        }
        return OnnxTensor.Of(x.Type, [x.Dims[0], channels, .. grid.Dims[1..^1]], y);
    }

    static OnnxTensor AffineGrid(Call call)
    {
        OnnxTensor theta = call[0];
        int[] size = call[1].AsInts();
        int rank = size.Length - 2, points = Dimensions.Product(size.AsSpan(2));
        bool aligned = call.Flag("align_corners");
        var y = new double[Dimensions.Product([size[0], points, rank])];
        var at = new double[rank + 1];
        at[rank] = 1;
        for (int i = 0; i < size[0] * points; i++)
        {
            int[] index = Windows.Unravel(i % points, size[2..]);
            for (int axis = 0; axis < rank; axis++)
                at[rank - 1 - axis] = aligned ? size[axis + 2] == 1 ? 0 : 2.0 * index[axis] / (size[axis + 2] - 1) - 1
                    : (2.0 * index[axis] + 1) / size[axis + 2] - 1;
            for (int r = 0; r < rank; r++)
                for (int k = 0; k <= rank; k++)
                    y[i * rank + r] += theta.Numbers[(i / points * rank + r) * (rank + 1) + k] * at[k];
        }
        return OnnxTensor.Of(theta.Type, [size[0], .. size[2..], rank], y);
    }

    static OnnxTensor RoiAlign(Call call)
    {
        OnnxTensor x = call[0], rois = call[1];
        int height = (int)call.Int("output_height", 1), width = (int)call.Int("output_width", 1), count = rois.Dims[0];
        int channels = x.Dims[1], samples = (int)call.Int("sampling_ratio", 0);
        double scale = call.Float("spatial_scale", 1);
        bool half = call.Node.Text("coordinate_transformation_mode",
            call.Opset < 16 ? "output_half_pixel" : "half_pixel")
            == "half_pixel", max = call.Node.Text("mode", "avg") == "max";
        var y = new double[Dimensions.Product([count, channels, height, width])];
        for (int i = 0; i < y.Length; i++)
        {
            int w = i % width, h = i / width % height, c = i / width / height % channels;
            int roi = i / width / height / channels;
            double[] box = [.. Enumerable.Range(0, 4)
                .Select(k => rois.Numbers[roi * 4 + k] * scale - (half ? 0.5 : 0))];
            double tall = box[3] - box[1], wide = box[2] - box[0];
            if (!half)
                (tall, wide) = (Math.Max(1, tall), Math.Max(1, wide));
            (tall, wide) = (tall / height, wide / width);
            int rows = samples > 0 ? samples : (int)Math.Ceiling(tall), columns = samples > 0 ? samples
                : (int)Math.Ceiling(wide);
            int plane = ((int)call[2].Integers[roi] * channels + c) * x.Dims[2] * x.Dims[3];
            double all = max ? double.NegativeInfinity : 0;
            for (int r = 0; r < rows; r++)
                for (int q = 0; q < columns; q++)
                {
                    double[] taps = Bilinear(x, plane, box[1] + (h + (r + 0.5) / rows) * tall,
                        box[0] + (w + (q + 0.5) / columns) * wide);
                    all = max ? Math.Max(all, taps.Max()) : all + taps.Sum() / Math.Max(1, rows * columns);
                }
            y[i] = all;
        }
        return OnnxTensor.Of(x.Type, [count, channels, height, width], y);
    }

    static double[] Bilinear(OnnxTensor x, int plane, double row, double column)
    {
        int height = x.Dims[2], width = x.Dims[3];
        if (row < -1 || row > height || column < -1 || column > width)
            return [0, 0, 0, 0];
        (row, column) = (Math.Clamp(row, 0, height - 1), Math.Clamp(column, 0, width - 1));
        int top = (int)row, left = (int)column, bottom = Math.Min(top + 1, height - 1);
        int right = Math.Min(left + 1, width - 1);
        double dy = row - top, dx = column - left;
        double At(int r, int c) => x.Numbers[plane + r * width + c];
        return [(1 - dy) * (1 - dx) * At(top, left), (1 - dy) * dx * At(top, right), dy * (1 - dx) * At(bottom, left),
            dy * dx * At(bottom, right)];
    }
}

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
