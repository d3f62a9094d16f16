using System.Numerics;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Convolution of volumes, as the sum of its planes' convolutions
/// [batch, depth, height, width, inputs] , [kernel depth, height, width, inputs / groups, outputs] (, [outputs])
/// → [batch, depth', height', width', outputs]      dx, dW and db as those of <see cref="ConvOp"/>, plane by plane.
/// Ji et al. 2013, 3D convolutional neural networks for human action recognition
/// </summary>
/// <param name="Stride">From one window to the next along the depth.</param>
/// <param name="Padding">Planes of zeros before and after.</param>
/// <param name="Dilation">Between the planes of a window.</param>
/// <param name="Plane">The convolution of each plane.</param>
readonly record struct Conv3dOp(int Stride, AxisPadding Padding, int Dilation, ConvOp Plane) : IOp, IBilinearOp
{
    static string IOp.Name => "Conv3d";

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x)
    {
        Shape w = x[1];
        if (x[0].Rank != 5 || w.Rank != 5)
            throw ShapeException.For<Conv3dOp>(x, "x must be volumes [batch, depth, height, width, channels] and the "
                + "weight [kernel depth, height, width, inputs / groups, outputs]");
        ReadOnlySpan<Shape> planes = x.Length > 2 ? [x[0].Without(1), w[1..], x[2]] : [x[0].Without(1), w[1..]];
        Shape plane = InferPlane(Plane, planes);
        int depth = Axis(x[0], w).Output;
        return depth >= 1
            ? [plane[0], depth, .. plane[1..]]
            : throw ShapeException.For<Conv3dOp>(x, "the kernel is deeper than x with its padding");
    }

    long IOp.MultiplyAdds(ReadOnlySpan<Shape> x, Shape y) => (long)y.Size * x[1].SizeBefore(x[1].Rank - 1);

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (input, weight) = x;
        ConvolutionSizes sizes = Sizes(input.Shape, weight.Shape);
        ConvolutionAxis axis = Axis(input.Shape, weight.Shape);
        ReadOnlySpan<T> bias = x.Count > 2 ? x[2].Data : default;
        for (int at = 0; at < input.Shape[0] * axis.Output; at++)
        {
            Span<T> result = y.Data.Slice(at * sizes.OutputLength, sizes.OutputLength);
            Begin(result, bias);
            for (int k = 0; k < axis.Kernel; k++)
                if (Source(axis, at, k) is var plane and >= 0)
                    Convolution.Forward<T>(sizes, input.Data.Slice(plane * sizes.InputLength, sizes.InputLength),
                        weight.Data.Slice(k * sizes.WeightLength, sizes.WeightLength), default, result,
                        accumulate: true);
        }
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        var (input, weight) = x;
        ConvolutionSizes sizes = Sizes(input.Shape, weight.Shape);
        ConvolutionAxis axis = Axis(input.Shape, weight.Shape);
        for (int operand = 0; operand < 2; operand++)
        {
            if (!dx[operand].IsNeeded)
                continue;
            if (!dx[operand].Accumulates)
                dx[operand].Data.Clear();
            for (int at = 0; at < input.Shape[0] * axis.Output; at++)
                for (int k = 0; k < axis.Kernel; k++)
                    if (Source(axis, at, k) is var plane and >= 0)
                        BackPlane(sizes, x, dy, dx[operand].Data, operand, at, plane, k);
        }
        if (dx.Count > 2 && dx[2].IsNeeded)
            Reduction.SumRows<T>(dy.Data, dy.Length / sizes.Outputs, sizes.Outputs, dx[2].Data, dx[2].Accumulates);
    }

    static Shape InferPlane<TOp>(TOp plane, ReadOnlySpan<Shape> x) where TOp : IOp => plane.Infer(x);

    static void BackPlane<T>(in ConvolutionSizes sizes, Operands<T> x, View<T> dy, Span<T> gradient, int operand,
        int at, int plane, int k) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Range image = (plane * sizes.InputLength)..((plane + 1) * sizes.InputLength);
        Range kernel = (k * sizes.WeightLength)..((k + 1) * sizes.WeightLength);
        ReadOnlySpan<T> from = dy.Data.Slice(at * sizes.OutputLength, sizes.OutputLength);
        if (operand == 0)
            Convolution.Backward(sizes, from, x[1].Data[kernel], default, gradient[image], accumulate: true);
        else
            Convolution.BackwardWeights(sizes, x[0].Data[image], from, gradient[kernel], accumulate: true);
    }

    static void Begin<T>(Span<T> result, ReadOnlySpan<T> bias)
    {
        if (bias.IsEmpty)
            result.Clear();
        for (int i = 0; i < result.Length && !bias.IsEmpty; i += bias.Length)
            bias.CopyTo(result[i..]);
    }

    // The plane of all images' planes that an output plane sees with a place of the kernel, or −1 for zeros.
    static int Source(ConvolutionAxis axis, int at, int k)
    {
        int plane = at % axis.Output * axis.Stride + k * axis.Dilation - axis.Before;
        return plane < 0 || plane >= axis.Input ? -1 : at / axis.Output * axis.Input + plane;
    }

    ConvolutionSizes Sizes(Shape x, Shape w) => ConvolutionShapes.Forward(Plane, x.Without(1).With(0, 1), w[1..]);

    ConvolutionAxis Axis(Shape x, Shape w) => ConvolutionShapes.Axis(x[1], w[0], Stride, Dilation, Padding);
}

/// <summary>Convolution of volumes.</summary>
public static class VolumeExtensions
{
    extension(Tensor x)
    {
        /// <summary>Volumes convolved with a kernel.</summary>
        /// <param name="weight">[kernel depth, height, width, inputs / groups, outputs].</param>
        /// <param name="bias">[outputs], or null for none.</param>
        /// <param name="stride">From one window to the next: along the depth, and on the planes.</param>
        /// <param name="padding">Zeros around the volumes: along the depth, and on the planes.</param>
        /// <param name="dilation">Between the inputs of a window: along the depth, and on the planes.</param>
        /// <param name="groups">Parts of the channels, each convolved by itself.</param>
        public Tensor Conv3d(Tensor weight, Tensor? bias = null, (int Depth, Pair Plane)? stride = null,
            (AxisPadding Depth, Padding Plane) padding = default, (int Depth, Pair Plane)? dilation = null,
            int groups = 1)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
            var (step, planeStep) = stride ?? (1, 1);
            var (spread, planeSpread) = dilation ?? (1, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(Math.Min(step, spread), 1, nameof(stride));
            var plane = new ConvOp(planeStep.RequirePositive(nameof(stride)), padding.Plane.RequireValid(),
                planeSpread.RequirePositive(nameof(dilation)), groups);
            var op = new Conv3dOp(step, padding.Depth.RequireValid(), spread, plane);
            return bias is { } b ? Tape.Apply(op, x, weight, b) : Tape.Apply(op, x, weight);
        }
    }
}
