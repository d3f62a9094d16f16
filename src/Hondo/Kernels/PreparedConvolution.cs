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
            return new PreparedTiles<Vector512<float>, Register512<float>, Lanes512<float>>(this);
        if (Vector256.IsHardwareAccelerated)
            return new PreparedTiles<Vector256<float>, Register256<float>, Lanes256<float>>(this);
        if (Vector128.IsHardwareAccelerated)
            return new PreparedTiles<Vector128<float>, Register128<float>, Lanes128<float>>(this);
        return new PreparedTiles<float, RegisterScalar<float>, Scalar<float>>(this);
    }
}
