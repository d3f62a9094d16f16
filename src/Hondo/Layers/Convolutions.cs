using Hondo.Initializers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Convolution of sequences      [batch, time, inputs] → [batch, time', outputs], with
/// time' = ⌊(time + padding − dilation·(kernel − 1) − 1) / stride⌋ + 1; W [kernel, inputs / groups, outputs],
/// b [outputs]. Padding <c>[kernel − 1, 0]</c> makes it causal: no output sees the future.
/// Waibel et al. 1989, Phoneme recognition using time-delay neural networks
/// </summary>
public sealed class Conv1d : Layer
{
    readonly int _inputs, _outputs, _kernel, _stride, _dilation, _groups;
    readonly AxisPadding _padding;
    readonly IInitializer? _initializer;

    /// <summary>A convolution layer.</summary>
    /// <param name="inputs">Channels of the input, from 1.</param>
    /// <param name="outputs">Channels of the output, from 1.</param>
    /// <param name="kernel">Length of the window, from 1.</param>
    /// <param name="stride">From one window to the next, from 1.</param>
    /// <param name="padding">Zeros before and after: <c>1</c>, <c>[2, 0]</c>, or
    /// <see cref="AxisPadding.Same"/>.</param>
    /// <param name="dilation">Between the inputs of a window, from 1.</param>
    /// <param name="groups">Parts of the channels, each by itself; as many as inputs is depthwise.</param>
    /// <param name="bias">False leaves b out, for example before a batch norm.</param>
    /// <param name="initializer">What draws W; He's uniform one when left out. b starts at 0.</param>
    /// <exception cref="ArgumentException">A number is out of range, or groups do not divide the channels.</exception>
    public Conv1d(int inputs, int outputs, int kernel, int stride = 1, AxisPadding padding = default, int dilation = 1,
        int groups = 1, bool bias = true, IInitializer? initializer = null)
    {
        ConvolutionArguments.RequireChannels(inputs, outputs, groups);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dilation, 1);
        (_inputs, _outputs, _groups, _initializer) = (inputs, outputs, groups, initializer);
        (_kernel, _stride, _dilation, _padding) = (kernel, stride, dilation, padding.RequireValid());
        Weight = new([kernel, inputs / groups, outputs], initializer ?? Initial.HeUniform) { IsKernel = true };
        Bias = bias ? new([outputs], Initial.Zeros) : null;
    }

    /// <summary>W, [kernel, inputs / groups, outputs].</summary>
    public Parameter Weight { get; }

    /// <summary>b, [outputs], or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        ConvolutionArguments.RequireSequences(this, x.Shape, _inputs,
            static (layer, channels) => $"Conv1d({channels}, {layer._outputs}, kernel: {layer._kernel})");
        return x.Conv1d(Weight, Bias?.Value, _stride, _padding, _dilation, _groups);
    }

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(Weight).Add(Bias);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Conv1d").Add(_inputs).Add(_outputs)
        .Add("kernel", _kernel, 0).Add("stride", _stride, 1).Add("padding", _padding, 0)
        .Add("dilation", _dilation, 1).Add("groups", _groups, 1).Add("bias", Bias is not null, true)
        .Add("initializer", _initializer, null).ToString();
}

/// <summary>
/// Convolution of images      [batch, height, width, inputs] → [batch, height', width', outputs], with
/// height' = ⌊(height + padding − dilation·(kernel − 1) − 1) / stride⌋ + 1
/// W [kernel height, kernel width, inputs / groups, outputs], b [outputs]
/// LeCun et al. 1989, Backpropagation applied to handwritten zip code recognition
/// </summary>
public sealed class Conv2d : Layer
{
    readonly int _inputs, _outputs, _groups;
    readonly Pair _kernel, _stride, _dilation;
    readonly Padding _padding;
    readonly IInitializer? _initializer;

    /// <summary>A convolution layer.</summary>
    /// <param name="inputs">Channels of the input, from 1.</param>
    /// <param name="outputs">Channels of the output, from 1.</param>
    /// <param name="kernel">Height and width of the window, from 1: <c>3</c>, <c>[3, 5]</c>.</param>
    /// <param name="stride">From one window to the next; 1 when left out.</param>
    /// <param name="padding">Zeros around the image: <c>1</c>, <c>[1, 2]</c>, or <see cref="Padding.Same"/>.</param>
    /// <param name="dilation">Between the inputs of a window; 1 when left out.</param>
    /// <param name="groups">Parts of the channels, each by itself; as many as inputs is depthwise.</param>
    /// <param name="bias">False leaves b out, for example before a batch norm.</param>
    /// <param name="initializer">What draws W; He's uniform one when left out. b starts at 0.</param>
    /// <exception cref="ArgumentException">A number is out of range, or groups do not divide the channels.</exception>
    public Conv2d(int inputs, int outputs, Pair kernel, Pair? stride = null, Padding padding = default,
        Pair? dilation = null, int groups = 1, bool bias = true, IInitializer? initializer = null)
    {
        ConvolutionArguments.RequireChannels(inputs, outputs, groups);
        (_inputs, _outputs, _groups, _initializer) = (inputs, outputs, groups, initializer);
        _kernel = kernel.RequirePositive(nameof(kernel));
        _stride = (stride ?? 1).RequirePositive(nameof(stride));
        _dilation = (dilation ?? 1).RequirePositive(nameof(dilation));
        _padding = padding.RequireValid();
        Shape weight = [kernel.Height, kernel.Width, inputs / groups, outputs];
        Weight = new(weight, initializer ?? Initial.HeUniform) { IsKernel = true };
        Bias = bias ? new([outputs], Initial.Zeros) : null;
    }

    /// <summary>W, [kernel height, kernel width, inputs / groups, outputs].</summary>
    public Parameter Weight { get; }

    /// <summary>b, [outputs], or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>What it calls.</summary>
    internal ConvOp Op => new(_stride, _padding, _dilation, _groups);

    /// <summary>The same convolution with a bias and numbers of its own.</summary>
    internal Conv2d WithBias()
    {
        var twin = new Conv2d(_inputs, _outputs, _kernel, _stride, _padding, _dilation, _groups, true, _initializer);
        twin.To(Weight.DType);
        return twin;
    }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        ConvolutionArguments.RequireImages(this, x.Shape, _inputs,
            static (layer, channels) => $"Conv2d({channels}, {layer._outputs}, kernel: {layer._kernel})");
        return x.Conv2d(Weight, Bias?.Value, _stride, _padding, _dilation, _groups);
    }

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(Weight).Add(Bias);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Conv2d").Add(_inputs).Add(_outputs)
        .Add("kernel", _kernel, default).Add("stride", _stride, 1).Add("padding", _padding, 0)
        .Add("dilation", _dilation, 1).Add("groups", _groups, 1).Add("bias", Bias is not null, true)
        .Add("initializer", _initializer, null).ToString();
}
