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
