using System.Runtime.Intrinsics;

namespace Hondo.Kernels;

/// <summary>
/// Convolutions by Winograd's minimal filtering F(4×4, 3×3): 36 multiplications for 16 outputs instead of 144
/// (Lavin and Gray 2015, arXiv:1509.09308). Each of the 36 products of a tile is one chain of fused multiply-adds in
/// the order of the channels, so that neither the number of threads nor the SIMD width changes a bit; an error is
/// relative to the largest number of its tile, not to the output's own.
/// </summary>
static unsafe class Winograd
{
    /// <summary>True where a convolution of float32 goes this way.</summary>
    public static bool Suits(in ConvolutionSizes sizes) => WinogradShape.Suits(sizes) && !Numerics.Exact;

    /// <summary>y = x ∗ w + b, or y += x ∗ w.</summary>
    public static void Forward(in ConvolutionSizes sizes, float* x, float* w, float* bias, float* y, bool accumulate) =>
        Run(WinogradShape.Forward(sizes), sizes.Batch, x, w, false, bias, y, accumulate);

    /// <summary>dx = Σ of dy through the weights + b, or dx += that.</summary>
    public static void Backward(
        in ConvolutionSizes sizes, float* dy, float* w, float* bias, float* dx, bool accumulate) =>
        Run(WinogradShape.Backward(sizes), sizes.Batch, dy, w, true, bias, dx, accumulate);

    /// <summary>dw = Σ over the tiles of x · dy, and dbias = Σ dy, or these are added.</summary>
    public static void BackwardWeights(in ConvolutionSizes sizes, float* x, float* dy, float* dw, bool accumulate,
        float* bias, bool accumulateBias)
    {
        WinogradShape shape = WinogradShape.Forward(sizes);
        if (Vector512.IsHardwareAccelerated)
            new WinogradGradient<Vector512<float>, Register512<float>, Lanes512<float>>(
                shape, sizes.Batch, x, dy, dw, accumulate, bias, accumulateBias).Run();
        else if (Vector256.IsHardwareAccelerated)
            new WinogradGradient<Vector256<float>, Register256<float>, Lanes256<float>>(
                shape, sizes.Batch, x, dy, dw, accumulate, bias, accumulateBias).Run();
        else if (Vector128.IsHardwareAccelerated)
            new WinogradGradient<Vector128<float>, Register128<float>, Lanes128<float>>(
                shape, sizes.Batch, x, dy, dw, accumulate, bias, accumulateBias).Run();
        else
            new WinogradGradient<float, RegisterScalar<float>, Scalar<float>>(
                shape, sizes.Batch, x, dy, dw, accumulate, bias, accumulateBias).Run();
    }

    static void Run(in WinogradShape shape, int batch, float* source, float* w, bool isBackward, float* bias,
        float* target, bool accumulate)
    {
        if (Vector512.IsHardwareAccelerated)
            Run<Vector512<float>, Register512<float>, Lanes512<float>>(
                shape, batch, source, w, isBackward, bias, target, accumulate);
        else if (Vector256.IsHardwareAccelerated)
            Run<Vector256<float>, Register256<float>, Lanes256<float>>(
                shape, batch, source, w, isBackward, bias, target, accumulate);
        else if (Vector128.IsHardwareAccelerated)
            Run<Vector128<float>, Register128<float>, Lanes128<float>>(
                shape, batch, source, w, isBackward, bias, target, accumulate);
        else
            Run<float, RegisterScalar<float>, Scalar<float>>(
                shape, batch, source, w, isBackward, bias, target, accumulate);
    }

    /// <summary>From sources to targets, at a width.</summary>
    public static void Run<V, S, L>(in WinogradShape shape, int batch, float* source, float* w, bool isBackward,
        float* bias, float* target, bool accumulate)
        where V : struct where S : struct, IRegister<float, V> where L : struct, ILanes<L, float>
    {
        nint length = WinogradWeights<V, S, L>.Length(shape.Channels, shape.Outputs);
        nint turned = isBackward ? 9 * (nint)shape.Channels * shape.Outputs : 0;
        float* weights = Scratch.Shared<float>(length + turned);
        if (isBackward)
        {
            WinogradWeights<V, S, L>.Turn(w, shape.Channels, shape.Outputs, weights + length);
            w = weights + length;
        }
        WinogradWeights<V, S, L>.Transform(w, shape.Channels, shape.Outputs, weights);
        var to = WinogradImages.Plain(target, shape.OutHeight, shape.OutWidth, shape.Outputs);
        var pass = new WinogradPass<V, S, L>(shape, batch, Workers.Count,
            WinogradImages.Plain(source, shape.Height, shape.Width, shape.Channels), weights, bias,
            accumulate ? to : default, Limits.None, to);
        Workers.Run(pass.Parts, pass);
    }
}
