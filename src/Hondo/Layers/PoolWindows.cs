using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>The windows of a pooling layer along both axes of an image.</summary>
readonly record struct PoolWindows(PoolWindow Vertical, PoolWindow Horizontal)
{
    public PoolWindows(Pair kernel, Pair? stride, Pair padding, Pair dilation, bool ceilMode)
        : this(new(kernel.Height, stride?.Height, padding.Height, dilation.Height, ceilMode),
            new(kernel.Width, stride?.Width, padding.Width, dilation.Width, ceilMode))
    {
    }

    public Pair Kernel => new(Vertical.Kernel, Horizontal.Kernel);

    public Pair Stride => new(Vertical.Stride, Horizontal.Stride);

    public Pair Padding => new(Vertical.Padding, Horizontal.Padding);

    public Pair Dilation => new(Vertical.Dilation, Horizontal.Dilation);

    public bool CeilMode => Vertical.CeilMode;

    /// <summary>Whether it is images, of at least one window.</summary>
    public bool Fit(Shape x) =>
        x.Rank == 4 && x.Size > 0 && Vertical.Outputs(x[1]) > 0 && Horizontal.Outputs(x[2]) > 0;
}

/// <summary>What pooling layers ask of their input.</summary>
static class PoolInput
{
    /// <summary>Images, at least as large as a window.</summary>
    public static Tensor Images(Layer layer, Tensor x, PoolWindows windows)
    {
        if (!windows.Fit(Images(layer, x).Shape))
            throw new ShapeException($"{layer} got {AxisNames.Describe(x.Shape)}, which is smaller than a window. "
                + "Give it larger images, a smaller kernel, or leave out a pooling or stride before it.");
        return x;
    }

    /// <summary>Images of any size.</summary>
    public static Tensor Images(Layer layer, Tensor x) => x.Shape.Rank == 4 && x.Shape.Size > 0 ? x
        : throw new ShapeException($"{layer} needs images [batch, height, width, channels], but got "
            + $"{AxisNames.Describe(x.Shape)}. {Mend(x.Shape)}");

    /// <summary>Sequences, at least as long as a window.</summary>
    public static Tensor Sequences(Layer layer, Tensor x, PoolWindow window)
    {
        if (x.Shape.Rank != 3 || x.Shape.Size == 0)
            throw new ShapeException($"{layer} needs sequences [batch, time, features], but got "
                + $"{AxisNames.Describe(x.Shape)}.{(x.Shape.Rank == 4 ? " For images use the 2d layer." : "")}");
        return window.Outputs(x.Shape[1]) > 0 ? x
            : throw new ShapeException($"{layer} got {AxisNames.Describe(x.Shape)}, which is shorter than a window.");
    }

    static string Mend(Shape shape) => shape.Rank switch
    {
        2 => "Put it before Flatten(), or Reshape(height, width, channels) before it.",
        3 => "Grey images need a last axis of length 1: Reshape(height, width, 1).",
        _ => "Give it images of at least one pixel and channel.",
    };
}
