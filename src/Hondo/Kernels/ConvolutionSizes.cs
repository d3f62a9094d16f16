namespace Hondo.Kernels;

/// <summary>
/// A convolution of images x [batch, height, width, channels] with weights [kernel height, kernel width,
/// channels / groups, outputs] into y [batch, height, width, outputs].
/// </summary>
/// <param name="Batch">How many images.</param>
/// <param name="Vertical">The axis of height.</param>
/// <param name="Horizontal">The axis of width.</param>
/// <param name="Channels">Channels of x.</param>
/// <param name="Outputs">Channels of y.</param>
/// <param name="Groups">
/// Output channels of a group see the input channels of the same group only; divides channels and outputs.
/// </param>
public readonly record struct ConvolutionSizes(
    int Batch, ConvolutionAxis Vertical, ConvolutionAxis Horizontal, int Channels, int Outputs, int Groups)
{
    /// <summary>How many numbers x has.</summary>
    public int InputLength => checked(Batch * Vertical.Input * Horizontal.Input * Channels);

    /// <summary>How many numbers y has.</summary>
    public int OutputLength => checked(Batch * Vertical.Output * Horizontal.Output * Outputs);

    /// <summary>How many numbers the weights have.</summary>
    public int WeightLength => checked(Taps * (Channels / Groups) * Outputs);

    /// <summary>Places of the kernel.</summary>
    public int Taps => Vertical.Kernel * Horizontal.Kernel;

    /// <summary>Multiply-adds of a pass, those with the border's zeros among them.</summary>
    public long MultiplyAdds => (long)OutputLength * Taps * (Channels / Groups);

    /// <summary>Every channel on its own.</summary>
    internal bool IsDepthwise => Groups == Channels && Outputs == Channels && Groups > 1;

    /// <summary>A product of matrices: every pixel on its own.</summary>
    internal bool IsProduct => Vertical.IsPlain && Horizontal.IsPlain && Groups == 1;
}
