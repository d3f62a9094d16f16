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
