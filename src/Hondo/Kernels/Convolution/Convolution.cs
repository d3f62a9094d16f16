using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hondo.Kernels;

/// <summary>
/// Convolutions on channels-last images, directly on the images as they lie: an image is the left factor of a matrix
/// product, read through a table of pixels and a table of the kernel's places. Each number of a result is one chain
/// of fused multiply-adds (the weights' gradient: one for each chunk of images, or two for pairs of pixels), so that
/// neither the number of threads nor the SIMD width changes a bit.
/// </summary>
static unsafe class Convolution
{
    /// <summary>y = x ∗ w + b.</summary>
    /// <param name="sizes">The convolution.</param>
    /// <param name="x">[batch, height, width, channels].</param>
    /// <param name="w">[kernel height, kernel width, channels / groups, outputs].</param>
    /// <param name="bias">[outputs], or empty for none.</param>
    /// <param name="y">[batch, height, width, outputs].</param>
    /// <param name="accumulate">True adds to y; then there can be no bias.</param>
    /// <exception cref="ArgumentException">An array has another length than the sizes say.</exception>
    public static void Forward<T>(in ConvolutionSizes sizes, ReadOnlySpan<T> x, ReadOnlySpan<T> w,
        ReadOnlySpan<T> bias, Span<T> y, bool accumulate) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(sizes, x.Length, w.Length, y.Length, bias.Length, sizes.Outputs);
        ConvolutionKernel kernel = ConvolutionChoice.Forward<T>(sizes);
        if (kernel == ConvolutionKernel.Product)
        {
            int rows = sizes.InputLength / sizes.Channels;
            Product(new(x, rows, sizes.Channels), new(w, sizes.Channels, sizes.Outputs), bias,
                new(y, rows, sizes.Outputs), accumulate);
            return;
        }
        fixed (T* px = x, pw = w, pb = bias, py = y)
        {
            if (kernel == ConvolutionKernel.Winograd)
                Winograd.Forward(sizes, (float*)px, (float*)pw, (float*)pb, (float*)py, accumulate);
            else if (kernel == ConvolutionKernel.Pairs)
            {
                ConvolutionPairs<T>.Spread(sizes, pw, pb, out T* weights, out T* biases);
                Pass(ConvolutionPairs<T>.Paired(sizes), false, px, weights, biases, py, accumulate);
            }
            else
                Pass(sizes, false, px, pw, pb, py, accumulate);
        }
    }

    /// <summary>
    /// dx = Σ of dy through the weights, or dx += that: the gradient of x, and the transposed convolution.
    /// </summary>
    /// <param name="sizes">The convolution.</param>
    /// <param name="dy">[batch, height, width, outputs].</param>
    /// <param name="w">The weights.</param>
    /// <param name="bias">[channels], or empty for none.</param>
    /// <param name="dx">[batch, height, width, channels].</param>
    /// <param name="accumulate">True adds to dx; then there can be no bias.</param>
    /// <exception cref="ArgumentException">An array has another length than the sizes say.</exception>
    public static void Backward<T>(in ConvolutionSizes sizes, ReadOnlySpan<T> dy, ReadOnlySpan<T> w,
        ReadOnlySpan<T> bias, Span<T> dx, bool accumulate) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(sizes, dx.Length, w.Length, dy.Length, bias.Length, sizes.Channels);
        ConvolutionKernel kernel = ConvolutionChoice.Backward<T>(sizes);
        if (kernel == ConvolutionKernel.Product)
        {
            int rows = sizes.InputLength / sizes.Channels;
            var turned = new ReadOnlyMatrix<T>(w, sizes.Channels, sizes.Outputs).Transposed;
            Product(new(dy, rows, sizes.Outputs), turned, bias, new(dx, rows, sizes.Channels), accumulate);
            return;
        }
        fixed (T* py = dy, pw = w, pb = bias, px = dx)
            if (kernel == ConvolutionKernel.Winograd)
                Winograd.Backward(sizes, (float*)py, (float*)pw, (float*)pb, (float*)px, accumulate);
            else
                Pass(sizes, true, py, pw, pb, px, accumulate);
    }

    /// <summary>dw = Σ over the pixels of x · dy, or dw += that.</summary>
    /// <param name="sizes">The convolution.</param>
    /// <param name="x">[batch, height, width, channels].</param>
    /// <param name="dy">[batch, height, width, outputs].</param>
    /// <param name="dw">[kernel height, kernel width, channels / groups, outputs].</param>
    /// <param name="accumulate">True adds to dw.</param>
    /// <exception cref="ArgumentException">An array has another length than the sizes say.</exception>
    public static void BackwardWeights<T>(in ConvolutionSizes sizes, ReadOnlySpan<T> x, ReadOnlySpan<T> dy,
        Span<T> dw, bool accumulate) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        BackwardWeights(sizes, x, dy, dw, accumulate, default, false);

    /// <summary>dw = Σ over the pixels of x · dy and dbias = Σ over the pixels of dy, or these are added.</summary>
    /// <param name="sizes">The convolution.</param>
    /// <param name="x">[batch, height, width, channels].</param>
    /// <param name="dy">[batch, height, width, outputs].</param>
    /// <param name="dw">[kernel height, kernel width, channels / groups, outputs].</param>
    /// <param name="accumulate">True adds to dw.</param>
    /// <param name="bias">[outputs]: dbias, or empty for none.</param>
    /// <param name="accumulateBias">True adds to dbias.</param>
    /// <exception cref="ArgumentException">An array has another length than the sizes say.</exception>
    public static void BackwardWeights<T>(in ConvolutionSizes sizes, ReadOnlySpan<T> x, ReadOnlySpan<T> dy,
        Span<T> dw, bool accumulate, Span<T> bias, bool accumulateBias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(sizes, x.Length, dw.Length, dy.Length, bias.Length, sizes.Outputs);
        ConvolutionKernel kernel = ConvolutionChoice.Weights<T>(sizes);
        if (!bias.IsEmpty && kernel is (ConvolutionKernel.Pairs or ConvolutionKernel.Depthwise))
            Reduction.SumRows(dy, dy.Length / sizes.Outputs, sizes.Outputs, bias, accumulateBias);
        fixed (T* px = x, py = dy, pw = dw, pb = bias)
        {
            if (kernel == ConvolutionKernel.Winograd)
                Winograd.BackwardWeights(sizes, (float*)px, (float*)py, (float*)pw, accumulate, (float*)pb,
                    accumulateBias);
            else if (kernel == ConvolutionKernel.Pairs)
            {
                T* pairs = ConvolutionPairs<T>.Room(sizes);
                Weights(ConvolutionPairs<T>.Paired(sizes), px, py, pairs, false, null, false);
                ConvolutionPairs<T>.Gather(sizes, pairs, pw, accumulate);
            }
            else
                Weights(sizes, px, py, pw, accumulate, pb, accumulateBias);
        }
    }

    static void Weights<T>(in ConvolutionSizes sizes, T* x, T* dy, T* dw, bool accumulate, T* bias, bool addsBias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
            Weights<T, Vector512<T>, Register512<T>>(sizes, x, dy, dw, accumulate, bias, addsBias);
        else if (Vector256.IsHardwareAccelerated)
            Weights<T, Vector256<T>, Register256<T>>(sizes, x, dy, dw, accumulate, bias, addsBias);
        else if (Vector128.IsHardwareAccelerated)
            Weights<T, Vector128<T>, Register128<T>>(sizes, x, dy, dw, accumulate, bias, addsBias);
        else
            Weights<T, T, RegisterScalar<T>>(sizes, x, dy, dw, accumulate, bias, addsBias);
    }

    static void Weights<T, V, S>(
        in ConvolutionSizes sizes, T* x, T* dy, T* dw, bool accumulate, T* bias, bool addsBias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where V : struct where S : struct, IRegister<T, V>
    {
        if (sizes.IsDepthwise)
            DepthwiseWeights<T, V, S>.Run(sizes, x, dy, dw, accumulate);
        else if (ConvolutionOuter<T, V, S>.Suits(sizes))
            new ConvolutionOuter<T, V, S>(sizes, x, dy, dw, accumulate, bias, addsBias).Run();
        else
            new ConvolutionWeights<T, V, S>(sizes, x, dy, dw, accumulate, bias, addsBias).Run();
    }

    static void Product<T>(ReadOnlyMatrix<T> a, ReadOnlyMatrix<T> b, ReadOnlySpan<T> bias, Matrix<T> c,
        bool accumulate) where T : unmanaged
    {
        if (accumulate)
            Gemm.MultiplyAdd(a, b, c);
        else if (bias.IsEmpty)
            Gemm.Multiply(a, b, c);
        else
            Gemm.Multiply(a, b, ReadOnlyMatrix<T>.Row(bias, c.Rows), c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Pass<T>(in ConvolutionSizes sizes, bool isBackward, T* source, T* w, T* bias, T* target,
        bool accumulate) where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated)
            new ConvolutionPass<T, Vector512<T>, Register512<T>>(
                sizes, isBackward, source, w, bias, target, accumulate).Run();
        else if (Vector256.IsHardwareAccelerated)
            new ConvolutionPass<T, Vector256<T>, Register256<T>>(
                sizes, isBackward, source, w, bias, target, accumulate).Run();
        else if (Vector128.IsHardwareAccelerated)
            new ConvolutionPass<T, Vector128<T>, Register128<T>>(
                sizes, isBackward, source, w, bias, target, accumulate).Run();
        else
            new ConvolutionPass<T, T, RegisterScalar<T>>(
                sizes, isBackward, source, w, bias, target, accumulate).Run();
    }

    static void Require(in ConvolutionSizes sizes, int x, int w, int y, int bias, int channels)
    {
        if (!sizes.IsSound)
            throw new ArgumentException($"A convolution has sizes with which no kernel can compute: {sizes}.");
        if (x != sizes.InputLength || w != sizes.WeightLength || y != sizes.OutputLength
            || (bias != 0 && bias != channels))
            throw new ArgumentException($"A convolution got {x} numbers for x, {w} for the weights, {y} for y and "
                + $"{bias} for the bias, but {sizes} needs {sizes.InputLength}, {sizes.WeightLength}, "
                + $"{sizes.OutputLength} and {channels} or none.");
    }
}
