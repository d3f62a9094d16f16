using Hondo.Onnx.Ops;
using Hondo.Onnx.Values;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Gradients;

/// <summary>Pixels taken from places between pixels: gradients reach the pixels and the places.</summary>
static class TapeGrids
{
    public static void AddTo(Dictionary<string, TapeOp> ops)
    {
        ops["GridSample"] = GridSample;
        ops["AffineGrid"] = AffineGrid;
    }

    // y = Σ x at a pixel · its weight; the weight follows the grid by its slope where the grid is now.
    static OnnxValue?[] GridSample(TapeCall call)
    {
        int[] dims = call.Dims(0);
        // Not rounded to what the file's type holds.
        OnnxTensor grid = call.Plain.Value(1) is TapeValue places ? places.As(ElementType.Float64).ToPlain()
            : call.Constant(1);
        GridTaps taps = GridTaps.Of(call.Plain, dims, grid);
        int images = dims[0], channels = dims[1], count = taps.Count, points = taps.Points;
        Tensor Constant(double[] numbers, Shape shape) => Tensor.Of(numbers, shape).To(call.Runner.Type);
        Tensor weights = Constant(taps.Weights, [images, count, points]);
        if (call.Plain.Value(1) is TapeValue on)
        {
            Tensor moved = (on.InFile - on.InFile.Detach()).Reshape([images, 1, points, taps.Slopes.Length]);
            for (int number = 0; number < taps.Slopes.Length; number++)
                weights += Constant(taps.Slopes[number], weights.Shape) * moved.SliceAxis(3, number);
        }
        int area = Dimensions.Product(dims.AsSpan(2));
        int[] pixels = [.. Enumerable.Range(0, images * channels).SelectMany(plane => taps.Places.Skip(plane / channels
            * count * points).Take(count * points).Select(place => plane * area + place))];
        Tensor read = TapeMoves.Take(call.Tensor(0), pixels, [images, channels, count, points]);
        Tensor y = (read * weights.Reshape([images, 1, count, points])).Sum(2);
        return call.Result(y.Reshape(Shape.Create([images, channels, .. grid.Dims[1..^1]])));
    }

    // The standard's grid for x = x, y = y, with 1 behind it, times θᵀ.
    static OnnxValue?[] AffineGrid(TapeCall call)
    {
        Tensor theta = call.Tensor(0);
        int images = theta.Shape[0], rank = theta.Shape[1];
        double[] same = [.. Enumerable.Range(0, theta.Size).Select(i => i % (rank + 1) == i / (rank + 1) % rank ? 1.0
            : 0)];
        var places = (OnnxTensor)OpTable.Find("", "AffineGrid")!(call.With([OnnxTensor.Of(ElementType.Float64,
            call.Dims(0), same), call.Constant(1)]))[0]!;
        Shape shape = Shape.Create(places.Dims);
        Tensor at = Tensor.Of(places.Numbers, [images, shape.Size / images / rank, rank]).To(theta.DType);
        Tensor one = Tensor.Ones([images, at.Shape[1], 1], theta.DType);
        return call.Result(Tensor.Concat(2, [at, one]).MatMul(theta, transposeB: true).Reshape(shape));
    }
}
