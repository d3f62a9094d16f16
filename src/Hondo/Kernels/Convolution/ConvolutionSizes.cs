namespace Hondo.Kernels;

/// <summary>
/// One axis of a convolution: output o reads the inputs o·stride + k·dilation − before, for k = 0 … kernel − 1; inputs
/// that lie outside count as 0.
/// </summary>
/// <param name="Input">Length of the input.</param>
/// <param name="Output">Length of the output.</param>
/// <param name="Kernel">Length of the kernel, from 1.</param>
/// <param name="Stride">Distance between the windows of two neighbours, from 1.</param>
/// <param name="Dilation">Distance between a window's inputs, from 1.</param>
/// <param name="Before">How many zeros lie before the input.</param>
readonly record struct ConvolutionAxis(
    int Input, int Output, int Kernel, int Stride, int Dilation, int Before)
{
    // Places are ints, and so is the sum of two of them.
    const int MostPlaces = int.MaxValue / 2;

    /// <summary>
    /// What the windows reach over, from the first zero before the input to the last place behind it.
    /// </summary>
    internal Extent Reach => Output == 0 ? (Extent)Input + Before
        : Extent.Max((Extent)Input + Before, ((Extent)Output - 1) * Stride + ((Extent)Kernel - 1) * Dilation + 1);

    /// <summary>True when every place that the kernels compute with can be computed with.</summary>
    internal bool IsSound => Input >= 0 && Output >= 0 && Kernel >= 1 && Stride is >= 1 and <= MostPlaces
        && Dilation is >= 1 and <= MostPlaces && Before >= 0 && Reach <= MostPlaces;

    /// <summary>An axis by its lengths, however large the numbers.</summary>
    /// <param name="input">Length of the input.</param>
    /// <param name="output">Length of the output.</param>
    /// <param name="kernel">Length of the kernel.</param>
    /// <param name="stride">Distance between two windows.</param>
    /// <param name="dilation">Distance between a window's inputs.</param>
    /// <param name="before">Zeros before the input.</param>
    /// <returns>The axis, or null when places on it are more than an int.</returns>
    internal static ConvolutionAxis? Of(Extent input, Extent output, int kernel, int stride, int dilation,
        Extent before)
    {
        if (!input.Fits || !output.Fits || !before.Fits)
            return null;
        // Where there is only one window, or one input in it, the distance to the next means nothing and may be
        // anything.
        ConvolutionAxis axis = new(input.To(nameof(input)), output.To(nameof(output)), kernel,
            output <= 1 ? Math.Min(stride, MostPlaces) : stride, kernel == 1 ? 1 : dilation, before.To(nameof(before)));
        return axis.IsSound ? axis : null;
    }

    /// <summary>The inputs as they are: kernel 1, stride 1, no zeros.</summary>
    public bool IsPlain => Kernel == 1 && Stride == 1 && Before == 0 && Output == Input;

    /// <summary>The input, perhaps outside, that an output sees at a place of the kernel.</summary>
    internal int Source(int output, int place) => output * Stride + place * Dilation - Before;

    /// <summary>The outputs that see an input at a place of the kernel: from the first to before the end.</summary>
    internal (int From, int To) Inside(int place)
    {
        int shift = Before - place * Dilation;
        int from = Math.Clamp(shift <= 0 ? 0 : (shift + Stride - 1) / Stride, 0, Output), last = Input - 1 + shift;
        return (from, last < 0 ? from : Math.Clamp(last / Stride + 1, from, Output));
    }
}

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
readonly record struct ConvolutionSizes(
    int Batch, ConvolutionAxis Vertical, ConvolutionAxis Horizontal, int Channels, int Outputs, int Groups)
{
    /// <summary>How many numbers x has.</summary>
    public int InputLength =>
        Extent.Product(Batch, Vertical.Input, Horizontal.Input, Channels).To("the input of a convolution");

    /// <summary>How many numbers y has.</summary>
    public int OutputLength =>
        Extent.Product(Batch, Vertical.Output, Horizontal.Output, Outputs).To("the output of a convolution");

    /// <summary>How many numbers the weights have.</summary>
    public int WeightLength => Extent.Product(Vertical.Kernel, Horizontal.Kernel, Channels / Groups, Outputs)
        .To("the weights of a convolution");

    /// <summary>Places of the kernel.</summary>
    public int Taps => Vertical.Kernel * Horizontal.Kernel;

    /// <summary>
    /// True when an image with all zeros that windows see around it can be indexed, and its sums and differences too.
    /// </summary>
    internal bool IsSound => Batch >= 0 && Channels >= 1 && Outputs >= 1 && Groups >= 1 && Channels % Groups == 0
        && Outputs % Groups == 0 && Vertical.IsSound && Horizontal.IsSound
        && Vertical.Reach * Horizontal.Reach * Math.Max(Channels, Outputs) <= Extent.Most / 2;

    /// <summary>Multiply-adds of a pass, those with the border's zeros among them.</summary>
    public long MultiplyAdds => (long)OutputLength * Taps * (Channels / Groups);

    /// <summary>Every channel on its own.</summary>
    internal bool IsDepthwise => Groups == Channels && Outputs == Channels && Groups > 1;

    /// <summary>A product of matrices: every pixel on its own.</summary>
    internal bool IsProduct => Vertical.IsPlain && Horizontal.IsPlain && Groups == 1;
}
