namespace Hondo.Kernels;

/// <summary>
/// The ways in which a convolution is computed; what each gains is in the kernel map, README.md above.
/// </summary>
enum ConvolutionKernel
{
    /// <summary>1×1, stride 1: a product of matrices.</summary>
    Product,

    /// <summary>Each channel by itself.</summary>
    Depthwise,

    /// <summary>F(4×4, 3×3).</summary>
    Winograd,

    /// <summary>Few outputs: two neighbouring pixels as one.</summary>
    Pairs,

    /// <summary>Back to the inputs: each output adds its row of the kernel to the inputs that it saw.</summary>
    Scatter,

    /// <summary>Three columns wide, up to 16 targets: three places of the kernel at a time.</summary>
    Threes,

    /// <summary>Many channels and images: targets at the border are tiles of their own.</summary>
    Cut,

    /// <summary>Any other: tiles of pixels by tables, with a copied border where there is one.</summary>
    Direct,

    /// <summary>The weights' gradient of channels in eights: outer products, place after place.</summary>
    Outer,

    /// <summary>The weights' gradient of few channels: by tables, where a tile reaches over several places.</summary>
    Tables,
}

/// <summary>
/// Which way a convolution takes: a function of its shape and its type alone, because ways differ in their bits and
/// those may depend neither on the machine nor on the number of threads.
/// </summary>
static class ConvolutionChoice
{
    /// <summary>From inputs to outputs.</summary>
    public static ConvolutionKernel Forward<T>(in ConvolutionSizes sizes) where T : unmanaged =>
        sizes.IsProduct ? ConvolutionKernel.Product
        : sizes.IsDepthwise ? ConvolutionKernel.Depthwise
        : IsWinograd<T>(sizes) ? ConvolutionKernel.Winograd
        : ConvolutionPairs<float>.IsBetter(sizes) ? ConvolutionKernel.Pairs
        : Direct(sizes, isBackward: false);

    /// <summary>From outputs' gradients to inputs', and the transposed convolution.</summary>
    public static ConvolutionKernel Backward<T>(in ConvolutionSizes sizes) where T : unmanaged =>
        sizes.IsProduct ? ConvolutionKernel.Product
        : sizes.IsDepthwise ? ConvolutionKernel.Depthwise
        : IsWinograd<T>(sizes) ? ConvolutionKernel.Winograd
        : ConvolutionScatter<float, float, RegisterScalar<float>>.IsBetter(sizes) ? ConvolutionKernel.Scatter
        : Direct(sizes, isBackward: true);

    /// <summary>To the weights' gradient.</summary>
    public static ConvolutionKernel Weights<T>(in ConvolutionSizes sizes) where T : unmanaged =>
        IsWinograd<T>(sizes) ? ConvolutionKernel.Winograd
        : ConvolutionPairs<float>.IsBetter(sizes) ? ConvolutionKernel.Pairs
        : sizes.IsDepthwise ? ConvolutionKernel.Depthwise
        : ConvolutionOuter<float, float, RegisterScalar<float>>.Suits(sizes) ? ConvolutionKernel.Outer
        : ConvolutionKernel.Tables;

    /// <summary>The ways of <see cref="ConvolutionPass{T,V,S}"/>.</summary>
    public static ConvolutionKernel Direct(in ConvolutionSizes sizes, bool isBackward) =>
        ConvolutionPass<float, float, RegisterScalar<float>>.IsInThrees(sizes, isBackward) ? ConvolutionKernel.Threes
        : ConvolutionPass<float, float, RegisterScalar<float>>.IsCut(sizes, isBackward) ? ConvolutionKernel.Cut
        : ConvolutionKernel.Direct;

    // Not of float64: whoever takes that wants small errors, and so do checks of gradients.
    static bool IsWinograd<T>(in ConvolutionSizes sizes) where T : unmanaged =>
        typeof(T) == typeof(float) && Winograd.Suits(sizes);
}
