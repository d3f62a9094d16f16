using Hondo.Kernels;

namespace Hondo.Benchmarks;

/// <summary>A convolution of square images by a square kernel.</summary>
public readonly record struct ConvolutionShape(
    int Batch, int Side, int Inputs, int Outputs, int Kernel, int Stride = 1, int Padding = 0, int Groups = 1)
    : IElements
{
    /// <summary>As the kernels take it.</summary>
    internal ConvolutionSizes Sizes
    {
        get
        {
            int output = (Side + 2 * Padding - Kernel) / Stride + 1;
            var axis = new ConvolutionAxis(Side, output, Kernel, Stride, 1, Padding);
            return new(Batch, axis, axis, Inputs, Outputs, Groups);
        }
    }

    /// <summary>Multiply-adds; of a depthwise convolution, which memory limits, the numbers of x and y.</summary>
    public double Elements => IsDepthwise
        ? (double)Sizes.InputLength + Sizes.OutputLength
        : Sizes.MultiplyAdds;

    /// <inheritdoc/>
    public double MultiplyAdds => IsDepthwise ? Sizes.MultiplyAdds : 0;

    bool IsDepthwise => Groups > 1 && Groups == Inputs;

    /// <inheritdoc/>
    public override string ToString() => $"{Kernel}x{Kernel} {Inputs}-{Outputs} on {Side}x{Side}"
        + (Stride > 1 ? $" stride {Stride}" : "") + (Padding > 0 ? $" pad {Padding}" : "")
        + (Groups > 1 ? $" groups {Groups}" : "") + $" batch {Batch}";
}
