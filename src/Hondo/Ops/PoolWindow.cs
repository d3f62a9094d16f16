using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>The windows of a pooling along one axis.</summary>
public readonly record struct PoolWindow
{
    /// <summary>Windows along one axis.</summary>
    /// <param name="kernel">Inputs of a window, from 1.</param>
    /// <param name="stride">Distance between two windows; the kernel when left out.</param>
    /// <param name="padding">Places before and behind the input; at most half the kernel.</param>
    /// <param name="dilation">Distance between the inputs of a window, from 1.</param>
    /// <param name="ceilMode">True keeps a last window that reaches over the end, if it begins before.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public PoolWindow(int kernel, int? stride = null, int padding = 0, int dilation = 1, bool ceilMode = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride ?? kernel, 1, nameof(stride));
        ArgumentOutOfRangeException.ThrowIfLessThan(dilation, 1);
        if (padding < 0 || padding > kernel / 2)
            throw new ArgumentOutOfRangeException(nameof(padding), padding,
                $"The padding of a pooling is from 0 to half its kernel, here {kernel / 2}: "
                + "a window must not lie outside the input.");
        (Kernel, Stride, Padding, Dilation, CeilMode) = (kernel, stride ?? kernel, padding, dilation, ceilMode);
    }

    /// <summary>Inputs of a window.</summary>
    public int Kernel { get; }

    /// <summary>Distance between two windows.</summary>
    public int Stride { get; }

    /// <summary>Places before and behind the input.</summary>
    public int Padding { get; }

    /// <summary>Distance between the inputs of a window.</summary>
    public int Dilation { get; }

    /// <summary>True keeps a last window that reaches over the end.</summary>
    public bool CeilMode { get; }

    /// <summary>How many windows an input has: 0 or less when it is shorter than a window.</summary>
    public int Outputs(int input)
    {
        Extent room = input + 2 * (Extent)Padding - Span;
        if (room < 0)
            return 0;
        Extent outputs = (room + (CeilMode ? Stride - 1 : 0)) / Stride + 1;
        // A window that would begin behind the input and its padding is left out.
        return ((outputs - 1) * Stride >= (Extent)input + Padding ? outputs - 1 : outputs)
            .To("the windows of a pooling");
    }

    /// <summary>This axis of a pooling, as kernels take it.</summary>
    internal PoolAxis On(int input) => PoolAxis.Windows(input, Outputs(input), Kernel, Stride, Padding, Dilation);

    /// <summary>The sizes of a pooling of [batch, height, width, channels].</summary>
    internal static PoolSizes Sizes(PoolWindow vertical, PoolWindow horizontal, Shape x) =>
        new(x[0], vertical.On(x[1]), horizontal.On(x[2]), x[3]);

    /// <summary>The result's shape, checked.</summary>
    internal static Shape Infer<TOp>(PoolWindow vertical, PoolWindow horizontal, Shape x, bool findsPlaces = false)
        where TOp : IOp
    {
        if (x is not [var batch, var height, var width, var channels] || x.Size == 0)
            throw ShapeException.For<TOp>([x], "it must be [batch, height, width, channels], each from 1");
        if (vertical.Kernel < 1 || horizontal.Kernel < 1)
            throw ShapeException.For<TOp>([x], "the windows were never given a size: new PoolWindow(2)");
        (int rows, int columns) = (vertical.Outputs(height), horizontal.Outputs(width));
        if (rows <= 0 || columns <= 0)
            throw ShapeException.For<TOp>([x],
                $"windows of {vertical.Span}×{horizontal.Span} do not fit into {height}×{width} pixels");
        PoolSizes sizes = Sizes(vertical, horizontal, x);
        return (findsPlaces ? sizes.ProblemOfMax : sizes.Problem) is { } problem
            ? throw ShapeException.For<TOp>([x], problem)
            : [batch, rows, columns, channels];
    }

    Extent Span => (Extent)Dilation * (Kernel - 1) + 1;
}

/// <summary>Pooling of sequences: images of height 1, over the same memory.</summary>
static class PoolRows
{
    public static Tensor Along(Tensor x, PoolWindow window, Func<Tensor, PoolWindow, Tensor> pool)
    {
        if (x.Shape is not [var batch, var length, var channels])
            throw new ShapeException($"Pooling along one axis got {x.Shape}: it must be [batch, length, channels].");
        Tensor y = pool(x.Reshape([batch, 1, length, channels]), window);
        return y.Reshape([batch, y.Shape[2], channels]);
    }
}
