using Hondo.Initializers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Transposed convolution, which makes sequences longer      [batch, time, inputs] → [batch, time', outputs] with
/// time' = (time − 1)·stride − padding + dilation·(kernel − 1) + 1 + output padding; W [kernel, outputs / groups,
/// inputs], b [outputs]
/// Zeiler et al. 2010, Deconvolutional networks
/// </summary>
public sealed class ConvTranspose1d : Layer
{
    readonly int _inputs, _outputs, _kernel, _stride, _dilation, _groups, _outputPadding;
    readonly AxisPadding _padding;
    readonly IInitializer? _initializer;

    /// <summary>A transposed convolution layer.</summary>
    /// <param name="inputs">Channels of the input, from 1.</param>
    /// <param name="outputs">Channels of the output, from 1.</param>
    /// <param name="kernel">Length of the window in the output, from 1.</param>
    /// <param name="stride">From one window to the next in the output, from 1.</param>
    /// <param name="padding">What is cut from the output's ends; <see cref="AxisPadding.Same"/> gives
    /// time·stride.</param>
    /// <param name="outputPadding">Steps added at the output's end, from 0.</param>
    /// <param name="dilation">Between the outputs of a window, from 1.</param>
    /// <param name="groups">Parts of the channels, each by itself.</param>
    /// <param name="bias">False leaves b out.</param>
    /// <param name="initializer">What draws W; He's uniform one when left out. b starts at 0.</param>
    /// <exception cref="ArgumentException">A number is out of range, or groups do not divide the channels.</exception>
    public ConvTranspose1d(int inputs, int outputs, int kernel, int stride = 1, AxisPadding padding = default,
        int outputPadding = 0, int dilation = 1, int groups = 1, bool bias = true, IInitializer? initializer = null)
    {
        ConvolutionArguments.RequireChannels(inputs, outputs, groups);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(outputPadding);
        ArgumentOutOfRangeException.ThrowIfLessThan(dilation, 1);
        (_inputs, _outputs, _groups, _initializer) = (inputs, outputs, groups, initializer);
        (_kernel, _stride, _dilation, _outputPadding) = (kernel, stride, dilation, outputPadding);
        _padding = padding.RequireValid();
        Weight = new([kernel, outputs / groups, inputs], initializer ?? Initial.HeUniform) { IsKernel = true };
        Bias = bias ? new([outputs], Initial.Zeros) : null;
    }

    /// <summary>W, [kernel, outputs / groups, inputs].</summary>
    public Parameter Weight { get; }

    /// <summary>b, [outputs], or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        ConvolutionArguments.RequireSequences(this, x.Shape, _inputs,
            static (layer, channels) => $"ConvTranspose1d({channels}, {layer._outputs}, kernel: {layer._kernel})");
        return x.ConvTranspose(Weight, Bias?.Value, _stride, new(0, _padding), _dilation, _groups,
            new(0, _outputPadding));
    }

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(Weight).Add(Bias);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("ConvTranspose1d").Add(_inputs).Add(_outputs)
        .Add("kernel", _kernel, 0).Add("stride", _stride, 1).Add("padding", _padding, 0)
        .Add("outputPadding", _outputPadding, 0).Add("dilation", _dilation, 1).Add("groups", _groups, 1)
        .Add("bias", Bias is not null, true).Add("initializer", _initializer, null).ToString();
}

/// <summary>
/// Transposed convolution, which makes images larger      [batch, height, width, inputs] →
/// [batch, height', width', outputs] with height' = (height − 1)·stride − padding + dilation·(kernel − 1) + 1
/// + output padding; W [kernel height, kernel width, outputs / groups, inputs], b [outputs]
/// Zeiler et al. 2010, Deconvolutional networks
/// </summary>
public sealed class ConvTranspose2d : Layer
{
    readonly int _inputs, _outputs, _groups;
    readonly Pair _kernel, _stride, _dilation, _outputPadding;
    readonly Padding _padding;
    readonly IInitializer? _initializer;

    /// <summary>A transposed convolution layer.</summary>
    /// <param name="inputs">Channels of the input, from 1.</param>
    /// <param name="outputs">Channels of the output, from 1.</param>
    /// <param name="kernel">Height and width of the window in the output, from 1.</param>
    /// <param name="stride">From one window to the next in the output; 1 when left out.</param>
    /// <param name="padding">What is cut from the output's sides; <see cref="Padding.Same"/> gives height·stride.
    /// </param>
    /// <param name="outputPadding">Rows and columns added at the output's end, from 0.</param>
    /// <param name="dilation">Between the outputs of a window; 1 when left out.</param>
    /// <param name="groups">Parts of the channels, each by itself.</param>
    /// <param name="bias">False leaves b out.</param>
    /// <param name="initializer">What draws W; He's uniform one when left out. b starts at 0.</param>
    /// <exception cref="ArgumentException">A number is out of range, or groups do not divide the channels.</exception>
    public ConvTranspose2d(int inputs, int outputs, Pair kernel, Pair? stride = null, Padding padding = default,
        Pair outputPadding = default, Pair? dilation = null, int groups = 1, bool bias = true,
        IInitializer? initializer = null)
    {
        ConvolutionArguments.RequireChannels(inputs, outputs, groups);
        (_inputs, _outputs, _groups, _initializer) = (inputs, outputs, groups, initializer);
        _kernel = kernel.RequirePositive(nameof(kernel));
        _stride = (stride ?? 1).RequirePositive(nameof(stride));
        _dilation = (dilation ?? 1).RequirePositive(nameof(dilation));
        ArgumentOutOfRangeException.ThrowIfNegative(
            Math.Min(outputPadding.Height, outputPadding.Width), nameof(outputPadding));
        (_padding, _outputPadding) = (padding.RequireValid(), outputPadding);
        Shape weight = [kernel.Height, kernel.Width, outputs / groups, inputs];
        Weight = new(weight, initializer ?? Initial.HeUniform) { IsKernel = true };
        Bias = bias ? new([outputs], Initial.Zeros) : null;
    }

    /// <summary>W, [kernel height, kernel width, outputs / groups, inputs].</summary>
    public Parameter Weight { get; }

    /// <summary>b, [outputs], or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        ConvolutionArguments.RequireImages(this, x.Shape, _inputs,
            static (layer, channels) => $"ConvTranspose2d({channels}, {layer._outputs}, kernel: {layer._kernel})");
        return x.ConvTranspose(Weight, Bias?.Value, _stride, _padding, _dilation, _groups, _outputPadding);
    }

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(Weight).Add(Bias);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("ConvTranspose2d").Add(_inputs).Add(_outputs)
        .Add("kernel", _kernel, default).Add("stride", _stride, 1).Add("padding", _padding, 0)
        .Add("outputPadding", _outputPadding, 0).Add("dilation", _dilation, 1).Add("groups", _groups, 1)
        .Add("bias", Bias is not null, true).Add("initializer", _initializer, null).ToString();
}
