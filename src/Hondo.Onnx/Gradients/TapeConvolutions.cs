using Hondo.Onnx.Ops;
using Hondo.Onnx.Values;
using Hondo.Ops;
using Hondo.Tensors;
using Windows = Hondo.Onnx.Ops.Windows;

namespace Hondo.Onnx.Gradients;

/// <summary>Convolutions along one, two or three axes, and their transposes.</summary>
static class TapeConvolutions
{
    public static void AddTo(Dictionary<string, TapeOp> ops)
    {
        ops["Conv"] = Conv;
        ops["ConvTranspose"] = Transposed;
    }

    static OnnxValue?[]? Conv(TapeCall call)
    {
        TapeValue x = call[0], w = call[1];
        int groups = (int)call.Node.Int("group", 1);
        if (x.Rank is < 3 or > 5 || w.Rank != x.Rank || x.Dims[1] != w.Dims[1] * groups || w.Dims[0] % groups != 0)
            return null;
        var windows = Windows.Of(call.Node, x.Dims.AsSpan(2), w.Dims[2..]);
        if (windows.Before.Concat(windows.After).Any(pad => pad < 0) || windows.Output.Any(n => n < 1))
            return null;
        Tensor? bias = call.Has(2) ? call.Tensor(2) : null;
        Tensor y = x.Rank == 5 ? Conv3d(x.Last, w.InFile, bias, windows, groups)
            : x.Rank == 4 ? Conv2d(x.Last, w.InFile, bias, windows, groups)
            : FromLine(Conv2d(ToLine(x.Last), ToLine(w.InFile, 2), bias, windows.AsLine(), groups));
        return [TapeValue.FeaturesLast(y, x.Type)];
    }

    static Tensor Conv2d(Tensor x, Tensor w, Tensor? bias, Windows windows, int groups) =>
        x.Conv2d(w.Permute(2, 3, 1, 0), bias, Two(windows.Strides), PaddingOf(windows.Before, windows.After),
            Two(windows.Dilations), groups);

    static Tensor Conv3d(Tensor x, Tensor w, Tensor? bias, Windows windows, int groups)
    {
        Pair Plane(int[] three) => new(three[1], three[2]);
        return x.Conv3d(w.Permute(2, 3, 4, 1, 0), bias, (windows.Strides[0], Plane(windows.Strides)),
            (new(windows.Before[0], windows.After[0]), PaddingOf(windows.Before[1..], windows.After[1..])),
            (windows.Dilations[0], Plane(windows.Dilations)), groups);
    }

    /// <summary>A sequence is an image of one line.</summary>
    public static Tensor ToLine(Tensor x, int axis = 1) => x.Unsqueeze(axis);

    public static Tensor FromLine(Tensor x) => x.Squeeze(1);

    static Pair Two(int[] two) => new(two[0], two[1]);

    static Padding PaddingOf(int[] before, int[] after) => new(new(before[0], after[0]), new(before[1], after[1]));

    static OnnxValue?[]? Transposed(TapeCall call)
    {
        TapeValue x = call[0], w = call[1];
        int groups = (int)call.Node.Int("group", 1), rank = x.Rank - 2;
        if (rank is < 1 or > 2 || w.Rank != x.Rank || w.Dims[0] != x.Dims[1] || x.Dims[1] % groups != 0)
            return null;
        int[] input = x.Dims[2..], kernel = w.Dims[2..], strides = Windows.Each(call.Node, "strides", rank, 1);
        int[] dilations = Windows.Each(call.Node, "dilations", rank, 1);
        (int[] before, int[] output) = ConvolutionOps.TransposedSizes(call.Plain, input, kernel, strides, dilations);
        int[] after = [.. Enumerable.Range(0, rank).Select(i => strides[i] * (input[i] - 1)
            + (kernel[i] - 1) * dilations[i] + 1 - before[i] - output[i])];
        if (before.Any(pad => pad < 0) || output.Any(n => n < 1))
            return null;
        int[] more = [.. after.Select(pad => Math.Max(0, -pad))], cut = [.. after.Select(pad => Math.Max(0, pad))];
        bool isLine = rank == 1;
        int[] AsLine(int[] one, int usual) => isLine ? [usual, .. one] : one;
        Tensor images = isLine ? ToLine(x.Last) : x.Last, weights = isLine ? ToLine(w.InFile, 2) : w.InFile;
        Tensor y = images.ConvTranspose(weights.Permute(2, 3, 1, 0), call.Has(2) ? call.Tensor(2) : null,
            Two(AsLine(strides, 1)), PaddingOf(AsLine(before, 0), AsLine(cut, 0)), Two(AsLine(dilations, 1)), groups,
            Two(AsLine(more, 0)));
        return [TapeValue.FeaturesLast(isLine ? FromLine(y) : y, x.Type)];
    }
}
