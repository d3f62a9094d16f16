using Hondo.Onnx.Ops;
using Hondo.Onnx.Values;
using Hondo.Ops;
using Hondo.Tensors;
using Windows = Hondo.Onnx.Ops.Windows;

namespace Hondo.Onnx.Gradients;

/// <summary>One number out of each window.</summary>
static class TapePools
{
    public static void AddTo(Dictionary<string, TapeOp> ops)
    {
        ops["MaxPool"] = MaxPool;
        ops["AveragePool"] = AveragePool;
        ops["LpPool"] = call => Gathered(call, (x, _) => Norm(x, call.Node.Int("p", 2)));
    }

    static Tensor Norm(Tensor x, long p) => p switch
    {
        1 => x.Abs().Sum(-1),
        2 => x.Norm(-1),
        _ => x.Abs().Pow(p).Sum(-1).Pow(1.0 / p),
    };

    static Windows WindowsOf(TapeCall call)
    {
        int[] spatial = call.Dims(0)[2..];
        return Windows.Of(call.Node, spatial, Windows.Each(call.Node, "kernel_shape", spatial.Length, 1));
    }

    static OnnxValue?[]? MaxPool(TapeCall call)
    {
        Windows windows = WindowsOf(call);
        if (!call.Node.Wants(1) && Native(windows, call.Node) is { } axes)
            return Pooled(call, axes, (x, rows, columns) => x.MaxPool(rows, columns));
        // The evaluator finds the places; the numbers are taken from there.
        OnnxTensor x = call.Constant(0);
        Node node = call.Node with { Outputs = ["y", "places"] };
        OnnxValue?[] found = OpTable.Find("", "MaxPool")!(new(node, [x], call.Plain.Scope, call.Plain.Interpreter));
        var places = (OnnxTensor)found[1]!;
        return call.Node.Int("storage_order", 0) != 0 ? null : [TapeValue.Of(TapeMoves.Take(call.Tensor(0),
            places.AsInts(), places.Dims.ToArray()), call[0].Type), places];
    }

    static OnnxValue?[]? AveragePool(TapeCall call)
    {
        Windows windows = WindowsOf(call);
        bool counts = call.Node.Int("count_include_pad", 0) != 0;
        if (Native(windows, call.Node) is { } axes && call.Node.Int("ceil_mode", 0) == 0)
            return Pooled(call, axes, (x, rows, columns) => x.AveragePool(rows, columns, counts));
        return Gathered(call, (x, seen) => x.Sum(-1) / TapeValue.Constant(OnnxTensor.Of(ElementType.Float32,
            [seen.Length], [.. seen.Select((places, window) => (double)(counts ? windows.Covered(window)
                : Math.Max(1, places.Length)))]), x.DType));
    }

    // The windows that the fast kernels know: on one or two axes, as much padding before as behind.
    static PoolWindow[]? Native(Windows windows, Node node)
    {
        int rank = windows.Input.Length;
        bool isCeiling = node.Int("ceil_mode", 0) != 0;
        if (rank is < 1 or > 2 || windows.Output.Any(n => n < 1))
            return null;
        var axes = new PoolWindow[rank];
        for (int i = 0; i < rank; i++)
        {
            if (windows.Before[i] != windows.After[i] || windows.Before[i] < 0
                || windows.Before[i] > windows.Kernel[i] / 2)
                return null;
            axes[i] = new(windows.Kernel[i], windows.Strides[i], windows.Before[i], windows.Dilations[i], isCeiling);
            if (axes[i].Outputs(windows.Input[i]) != windows.Output[i])
                return null;
        }
        return axes;
    }

    static OnnxValue?[] Pooled(TapeCall call, PoolWindow[] axes, Func<Tensor, PoolWindow, PoolWindow, Tensor> pool)
    {
        TapeValue x = call[0];
        Tensor y = axes.Length == 2 ? pool(x.Last, axes[0], axes[1]) : TapeConvolutions.FromLine(pool(
            TapeConvolutions.ToLine(x.Last), new(1), axes[0]));
        return [TapeValue.FeaturesLast(y, x.Type)];
    }

    /// <summary>f of what each window sees, [.., windows, kernel], with 0 where it reaches over the border.</summary>
    static OnnxValue?[] Gathered(TapeCall call, Func<Tensor, int[][], Tensor> f)
    {
        Windows windows = WindowsOf(call);
        int[] dims = call.Dims(0);
        int count = Dimensions.Product(windows.Output), kernel = Dimensions.Product(windows.Kernel);
        int planes = dims[0] * dims[1], area = Dimensions.Product(windows.Input);
        int[][] seen = [.. Enumerable.Range(0, count).Select(window => windows.Sees(window).Select(s => s.Place)
            .ToArray())];
        var places = new int[count * kernel];
        for (int i = 0; i < places.Length; i++)
            places[i] = i % kernel < seen[i / kernel].Length ? seen[i / kernel][i % kernel] + 1 : 0;
        Tensor x = call.Tensor(0).Reshape([planes, area]).Pad([0, 1], [0, 0]);
        Tensor y = f(x.IndexSelect(Tensor.Of(places, [count, kernel]), 1), seen);
        return call.Result(y.Reshape(Shape.Create([dims[0], dims[1], .. windows.Output])));
    }
}
