using Hondo.Layers;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Import;

/// <summary>Poolings of images.</summary>
static class PoolLayers
{
    /// <summary>What the windows make of an image, or null where Hondo has no such windows.</summary>
    public static Form? FormOf(Node node, Form x)
    {
        if (x.Layout != Layout.Image || node.Ints("kernel_shape") is not { Length: 2 } kernel || node.Wants(1)
            || node.Text("auto_pad", "NOTSET") is not ("NOTSET" or "VALID"))
            return null;
        (long[] pads, bool? ceil) = Windows(node, x);
        bool isPlain = ceil is not null && pads[0] <= kernel[0] / 2 && pads[1] <= kernel[1] / 2;
        // Padding behind the image that only makes room for a last window must not count in a mean.
        bool counts = node.Int("count_include_pad", 0) != 0;
        bool canPool = isPlain && (node.Op == "MaxPool" || ((node.Ints("dilations") ?? [1, 1]).All(d => d == 1)
            && !(counts && ceil == true)));
        return !canPool ? null : x.Height == 0 || (node.Ints("dilations") ?? [1, 1]).Any(d => d != 1)
            ? x with { Height = 0, Width = 0 }
            : x with
            {
                Height = Count(node, 0, x.Height, pads[0], ceil == true),
                Width = Count(node, 1, x.Width, pads[1], ceil == true),
            };
    }

    // How many windows lie on one axis that is padded alike at both ends, or by so many places behind.
    static int Count(Node node, int axis, int size, long pad, bool ceil, long? behind = null)
    {
        long stride = (node.Ints("strides") ?? [1, 1])[axis];
        long room = size + pad + (behind ?? pad) - node.Ints("kernel_shape")![axis];
        long count = (ceil ? (room + stride - 1) / stride : room / stride) + 1;
        // A window that would begin behind the image is left out.
        return (int)Math.Max(0, ceil && (count - 1) * stride >= size + pad ? count - 1 : count);
    }

    // Padding that is longer behind the image by stride − 1 is what ceil mode does.
    static (long[] Pads, bool? Ceil) Windows(Node node, Form x)
    {
        long[] pads = node.Text("auto_pad", "NOTSET") == "VALID" ? [0, 0, 0, 0] : node.Ints("pads") ?? [0, 0, 0, 0];
        long[] strides = node.Ints("strides") ?? [1, 1];
        bool ceil = node.Int("ceil_mode", 0) != 0;
        if (pads.Length != 4 || strides.Length != 2 || pads.Any(p => p < 0))
            return (pads, null);
        long tall = pads[2] - pads[0], wide = pads[3] - pads[1];
        if (tall == 0 && wide == 0)
            return (pads, ceil);
        if (!ceil && tall == strides[0] - 1 && wide == strides[1] - 1)
            return (pads, true);
        // Places of the padding are never taken: what counts is how many windows there are, and where they begin.
        bool isSame = x.Height > 0 && strides.All(s => s > 0) && node.Int("count_include_pad", 0) == 0
            && (node.Ints("dilations") ?? [1, 1]).All(d => d == 1);
        foreach (bool other in (bool[])[false, true])
            if (isSame && Count(node, 0, x.Height, pads[0], other) == Count(node, 0, x.Height, pads[0], ceil, pads[2])
                && Count(node, 1, x.Width, pads[1], other) == Count(node, 1, x.Width, pads[1], ceil, pads[3]))
                return (pads, other);
        return (pads, null);
    }

    public static Layer Make(Node node, Form x)
    {
        (long[] pads, bool? ceil) = Windows(node, x);
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
    public static Form? Subsampled(Form x, Func<int, OnnxTensor?> constant)
    {
        if (x.Layout != Layout.Image || constant(1) is not { } starts || constant(2) is not { } ends
            || constant(3) is not { } axes || constant(4) is not { } steps)
            return null;
        bool canSubsample = starts.Integers.All(s => s == 0) && ends.Integers.All(e => e >= int.MaxValue)
            && axes.Integers.Order().SequenceEqual([2, 3]) && steps.Integers.Distinct().Count() == 1
            && steps.Integers[0] > 0;
        return !canSubsample ? null : x with { Height = Kept(x.Height), Width = Kept(x.Width) };

        int Kept(int size) => (int)((size + steps.Integers[0] - 1) / steps.Integers[0]);
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
