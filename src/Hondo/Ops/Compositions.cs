using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Ops written as other ops, for derivatives of second order: what <see cref="IOp.Compose"/> of reductions, losses and
/// norms share. A test compares each with its op.
/// </summary>
static class Compositions
{
    /// <summary>A reduction of the middle axis of [outer, along, inner], over the axes of a run.</summary>
    public static Tensor Reduce(Tensor x, AxisRun run, Func<Tensor, Tensor> reduce)
    {
        var (outer, along, inner) = run.Sizes(x.Shape);
        return reduce(x.Reshape([outer, along, inner])).Reshape(run.Reduce(x.Shape));
    }

    /// <summary>The numbers that are an extreme, in equal shares.</summary>
    public static Tensor Extreme(Tensor x, Tensor extreme)
    {
        Tensor ties = x.EqualTo(extreme);
        return (ties.Where(x, Tensor.Zeros([], x.DType)) * (ties / ties.Sum(1, keepDims: true)).Detach()).Sum(1);
    }

    /// <summary>x minus its largest number along an axis, which is a constant: eˣ cannot overflow then.</summary>
    public static Tensor FromTop(Tensor x, int axis) => x - x.Detach().Max(axis, keepDims: true);

    /// <summary>(x − μ) / √(σ² + ε) over an axis or several, or without μ the root mean square's.</summary>
    public static Tensor Standardize(Tensor x, ReadOnlySpan<int> axes, double epsilon, bool centers = true)
    {
        Tensor apart = centers ? x - x.Mean(axes, keepDims: true) : x;
        return apart * (apart.Square().Mean(axes, keepDims: true) + epsilon).Rsqrt();
    }

    /// <summary>γ · x + β with the operands behind the first, if there are any.</summary>
    public static Tensor Scaled(Tensor x, ReadOnlySpan<Tensor> scaleAndShift)
    {
        if (scaleAndShift.Length > 0)
            x *= scaleAndShift[0];
        return scaleAndShift.Length > 1 ? x + scaleAndShift[1] : x;
    }

    /// <summary>The losses of rows, reduced; a mean is weighted.</summary>
    public static Tensor Reduced(Tensor losses, Reduce reduce, Tensor? weights = null) => reduce switch
    {
        Ops.Reduce.None => losses,
        Ops.Reduce.Sum => losses.Sum(),
        _ when weights is { } w => losses.Sum() / w.Sum().Clip(low: 1e-30),
        _ => losses.Mean(),
    };

    /// <summary>1 at each row's label, and nothing in rows whose label is ignored.</summary>
    public static Tensor Labels(Tensor scores, Tensor labels, int? ignored)
    {
        Tensor counts = ignored is { } label ? labels.NotEqualTo(label) : labels.EqualTo(labels);
        return (labels * counts).OneHot(scores.Shape[^1], scores.DType) * counts.To(scores.DType).Unsqueeze(-1);
    }

    /// <summary>Cross-entropy between softmax and shares of the classes.</summary>
    public static Tensor CrossEntropy(Tensor scores, Tensor shares) => -(scores.LogSoftmax() * shares).Sum(-1);

    /// <summary>Σₖ over a window's places, of the first number that is its largest.</summary>
    public static Tensor MaxPool(Tensor x, PoolWindow vertical, PoolWindow horizontal, Shape result)
    {
        Tensor padded = Framed(Framed(x, vertical, 1, result), horizontal, 2, result);
        List<Tensor> places = [];
        for (int i = 0; i < vertical.Kernel; i++)
            for (int j = 0; j < horizontal.Kernel; j++)
                places.Add(padded[.., Window(vertical, i, result[1]), Window(horizontal, j, result[2])]);
        Tensor top = places[0].Detach(), free = Tensor.Ones(result, x.DType), sum = Tensor.Zeros(result, x.DType);
        foreach (Tensor place in places)
            top = top.Maximum(place.Detach());
        foreach (Tensor place in places)
        {
            Tensor taken = place.Detach().EqualTo(top) * free;
            sum += taken.Where(place, Tensor.Zeros([], x.DType));
            free -= taken;
        }
        return sum;
    }

    static AxisSlice Window(PoolWindow window, int place, int count)
    {
        int start = place * window.Dilation;
        return AxisSlice.Of(start..(start + (count - 1) * window.Stride + 1), window.Stride);
    }

    static Tensor Framed(Tensor x, PoolWindow w, int axis, Shape result)
    {
        Span<int> before = stackalloc int[x.Shape.Rank], after = stackalloc int[x.Shape.Rank];
        before[axis] = w.Padding;
        after[axis] = Math.Max(0, (result[axis] - 1) * w.Stride + (w.Kernel - 1) * w.Dilation + 1 - w.Padding
            - x.Shape[axis]);
        return x.Pad(before, after, double.NegativeInfinity);
    }
}
