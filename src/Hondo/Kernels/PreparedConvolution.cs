using System.Runtime.Intrinsics;

namespace Hondo.Kernels;

/// <summary>What a prepared convolution does.</summary>
/// <param name="Sizes">Of one image.</param>
/// <param name="Weights">[kernel height, kernel width, channels / groups, outputs].</param>
/// <param name="Bias">[outputs].</param>
/// <param name="X">What it reads, with a border as wide as its windows want.</param>
/// <param name="Y">What it writes.</param>
/// <param name="Channel">Its first channel in Y: several may lay their outputs side by side.</param>
/// <param name="Added">What is added to its outputs, or null.</param>
/// <param name="Rectifies">True makes negative results 0.</param>
/// <param name="Threads">How many threads may share an image.</param>
sealed record PreparedConvolution(ConvolutionSizes Sizes, float[] Weights, float[] Bias, ImageBuffer X, ImageBuffer Y,
    int Channel, ImageBuffer? Added, bool Rectifies, int Threads)
{
    /// <summary>The step.</summary>
    public PreparedStep Prepare()
    {
        if (Vector512.IsHardwareAccelerated)
            return Prepare<Vector512<float>, Register512<float>, Lanes512<float>>();
        if (Vector256.IsHardwareAccelerated)
            return Prepare<Vector256<float>, Register256<float>, Lanes256<float>>();
        if (Vector128.IsHardwareAccelerated)
            return Prepare<Vector128<float>, Register128<float>, Lanes128<float>>();
        return Prepare<float, RegisterScalar<float>, Scalar<float>>();
    }

    PreparedStep Prepare<V, S, L>()
        where V : struct where S : struct, IRegister<float, V> where L : struct, ILanes<L, float> =>
        Winograd.Suits(Sizes) ? new PreparedWinograd<V, S, L>(this) : new PreparedTiles<V, S, L>(this);
}
