using Hondo.Layers;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Import;

/// <summary>Poolings of images.</summary>
static class PoolLayers
{
    /// <summary>Whether Hondo has these windows.</summary>
    public static bool CanPool(Node node, Form x)
    {
        if (x.Layout != Layout.Image || node.Ints("kernel_shape") is not { Length: 2 } kernel || node.Wants(1)
            || node.Text("auto_pad", "NOTSET") is not ("NOTSET" or "VALID"))
            return false;
        (long[] pads, bool? ceil) = Windows(node);
        bool isPlain = ceil is not null && pads[0] <= kernel[0] / 2 && pads[1] <= kernel[1] / 2;
        // Padding behind the image that only makes room for a last window must not count in a mean.
        bool counts = node.Int("count_include_pad", 0) != 0;
        return isPlain && (node.Op == "MaxPool" || ((node.Ints("dilations") ?? [1, 1]).All(d => d == 1)
            && !(counts && ceil == true)));
    }

    // Padding that is longer behind the image by stride − 1 is what ceil mode does.
    static (long[] Pads, bool? Ceil) Windows(Node node)
    {
        long[] pads = node.Text("auto_pad", "NOTSET") == "VALID" ? [0, 0, 0, 0] : node.Ints("pads") ?? [0, 0, 0, 0];
        long[] strides = node.Ints("strides") ?? [1, 1];
        bool ceil = node.Int("ceil_mode", 0) != 0;
        if (pads.Length != 4 || strides.Length != 2 || pads.Any(p => p < 0))
            return (pads, null);
        long tall = pads[2] - pads[0], wide = pads[3] - pads[1];
        return tall == 0 && wide == 0 ? (pads, ceil)
            : !ceil && tall == strides[0] - 1 && wide == strides[1] - 1 ? (pads, true) : (pads, null);
    }

    public static Layer Make(Node node)
    {
        (long[] pads, bool? ceil) = Windows(node);
        var kernel = ConvolutionLayers.PairOf(node.Ints("kernel_shape")!);
        var stride = ConvolutionLayers.PairOf(node.Ints("strides") ?? [1, 1]);
        var padding = ConvolutionLayers.PairOf(pads[..2]);
        return node.Op == "MaxPool"
            ? new MaxPool2d(kernel, stride, padding, ConvolutionLayers.PairOf(node.Ints("dilations") ?? [1, 1]),
                ceil == true)
            : new AveragePool2d(kernel, stride, padding, ceil == true, node.Int("count_include_pad", 0) != 0);
    }

    /// <summary>A mean over all pixels.</summary>
    public static Form? MeanOf(Node node, Form x, OnnxTensor? axes) => x.Layout == Layout.Image && axes is { Size: 2 }
        && axes.Integers.Select(a => a < 0 ? a + 4 : a).Order().SequenceEqual([2, 3])
        ? new(node.Int("keepdims", 1) != 0 ? Layout.Pooled : Layout.Rows, node.Int("keepdims", 1) != 0 ? x.Channels : 0)
        : null;
}

/// <summary>Shortcuts without weights: every n-th pixel, zeros as new channels (He et al. 2015, option A).</summary>
static class ShortcutLayers
{
    public static bool CanSubsample(Form x, Func<int, OnnxTensor?> constant)
    {
        if (x.Layout != Layout.Image || constant(1) is not { } starts || constant(2) is not { } ends
            || constant(3) is not { } axes || constant(4) is not { } steps)
            return false;
        return starts.Integers.All(s => s == 0) && ends.Integers.All(e => e >= int.MaxValue)
            && axes.Integers.Order().SequenceEqual([2, 3]) && steps.Integers.Distinct().Count() == 1
            && steps.Integers[0] > 0;
    }

    public static Layer Subsample(Func<int, OnnxTensor?> constant) => new Subsample((int)constant(4)!.Integers[0]);

    public static Form? Widened(Node node, Form x, Func<int, OnnxTensor?> constant) =>
        x.Layout == Layout.Image && node.Text("mode", "constant") == "constant" && node.Input(3).Length == 0
        && constant(1) is { Size: 8 } pads
            && (node.Input(2).Length == 0 || constant(2) is { } value && value.Numbers[0] == 0)
        && pads.Integers is [0, var before, 0, 0, 0, var after, 0, 0] && before + after > 0
        && before == (before + after) / 2
            ? x with { Channels = x.Channels + (int)(before + after) } : null;

    public static Layer ZeroChannels(Func<int, OnnxTensor?> constant) =>
        new ZeroChannels((int)constant(1)!.Integers.Sum());
}
