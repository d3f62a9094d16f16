using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>One number out of each window.</summary>
static class PoolOps
{
    public static void AddTo(OpFamily family) => family
        .AddAll("MaxPool", MaxPool)
        .Add("AveragePool", AveragePool)
        .Add("LpPool", LpPool)
        .Add("MaxUnpool", MaxUnpool);

    static OnnxValue?[] MaxPool(Call call)
    {
        OnnxTensor x = call[0];
        var windows = Windows.Of(call.Node, x.Dims[2..], Windows.KernelOf(call));
        int planes = x.Dims[0] * x.Dims[1], area = Dimensions.Product(windows.Input);
        int[] dims = [.. x.Dims[..2], .. windows.Output];
        int count = Dimensions.Product(windows.Output);
        int[] places = new int[Dimensions.Product(dims)];
        double[] numbers = x.AsNumbers();
        for (int window = 0; window < count; window++)
        {
            int[] seen = [.. windows.Sees(window).Select(s => s.Place)];
            for (int p = 0; p < planes; p++)
            {
                int best = -1;
                foreach (int place in seen)
                    if (best < 0 || numbers[p * area + place] > numbers[best]
                        || double.IsNaN(numbers[p * area + place]))
                        best = p * area + place;
                places[p * count + window] = best;
            }
        }
        OnnxTensor least = OnnxTensor.Scalar(x.Type, x.IsFloat ? double.NegativeInfinity : x.Type.Range().Least);
        OnnxTensor y = x.Take(dims, places, least);
        return call.Node.Wants(1) ? [y, Indices(call, windows, dims, places)] : [y];
    }

    static OnnxTensor Indices(Call call, Windows windows, int[] dims, int[] places)
    {
        int area = Dimensions.Product(windows.Input);
        bool columns = call.Flag("storage_order");
        return OnnxTensor.Of(ElementType.Int64, dims, [.. places.Select(place => columns
            ? place / area * area + ByColumns(place % area, windows.Input) : (long)place)]);
    }

    static int ByColumns(int place, int[] dims)
    {
        int[] index = Windows.Unravel(place, dims);
        int turned = 0;
        for (int i = dims.Length - 1; i >= 0; i--)
            turned = turned * dims[i] + index[i];
        return turned;
    }

    static OnnxTensor AveragePool(Call call)
    {
        bool countsPadding = call.Flag("count_include_pad");
        return Pool(call, (windows, window, numbers) =>
            numbers.Sum() / (countsPadding ? windows.Covered(window) : numbers.Length));
    }

    static OnnxTensor LpPool(Call call)
    {
        double p = call.Int("p", 2);
        return Pool(call, (_, _, numbers) => Math.Pow(numbers.Sum(n => Math.Pow(Math.Abs(n), p)), 1 / p));
    }

    static OnnxTensor Pool(Call call, Func<Windows, int, double[], double> f)
    {
        OnnxTensor x = call[0];
        var windows = Windows.Of(call.Node, x.Dims[2..], Windows.KernelOf(call));
        int planes = x.Dims[0] * x.Dims[1], area = Dimensions.Product(windows.Input);
        int count = Dimensions.Product(windows.Output);
        var y = new double[Dimensions.Product([planes, count])];
        for (int window = 0; window < count; window++)
        {
            int[] seen = [.. windows.Sees(window).Select(s => s.Place)];
            var numbers = new double[seen.Length];
            for (int p = 0; p < planes; p++)
            {
                for (int i = 0; i < seen.Length; i++)
                    numbers[i] = x.Numbers[p * area + seen[i]];
                y[p * count + window] = f(windows, window, numbers);
            }
        }
        return OnnxTensor.Of(x.Type, [.. x.Dims[..2], .. windows.Output], y);
    }

    static OnnxTensor MaxUnpool(Call call)
    {
        OnnxTensor x = call[0], indices = call[1];
        int rank = x.Rank - 2;
        int[] kernel = Windows.KernelOf(call), strides = Windows.Each(call.Node, "strides", rank, 1);
        long[] pads = call.Node.Ints("pads") ?? new long[2 * rank];
        int[] usual = [.. x.Dims[..2], .. Enumerable.Range(0, rank).Select(i =>
            (call[0].Dims[i + 2] - 1) * strides[i] + kernel[i] - (int)pads[i] - (int)pads[i + rank])];
        int[] dims = call.Maybe(2)?.AsInts() ?? usual;
        var places = new int[Dimensions.Product(dims)];
        Array.Fill(places, -1);
        int plane = Dimensions.Product(usual.AsSpan(2));
        for (int i = 0; i < x.Size; i++)
        {
            // The indices count in the image that the pooling saw; a larger one keeps each pixel's row and column.
            int index = IndexOps.Place(indices.Integers[i], Dimensions.Product(usual));
            int[] at = Windows.Unravel(index % plane, usual[2..]);
            int place = index / plane;
            for (int a = 0; a < rank; a++)
                place = place * dims[a + 2] + at[a];
            places[place] = i;
        }
        return x.Take(dims, places);
    }
}
