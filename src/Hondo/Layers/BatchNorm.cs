using Hondo.Initializers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// y = γ·(x − μ) / √(σ² + ε) + β, channel by channel      [batch, channels], [batch, .., channels] → the same
/// In training μ and σ² are those of the batch, and running statistics follow them; in inference the running ones are
/// used, and in training too while the layer is frozen. Rows, sequences and images are one: the channels are the last
/// axis. (Ioffe and Szegedy 2015, arXiv:1502.03167)
/// </summary>
public sealed class BatchNorm : Layer, IFuses
{
    readonly int _channels;
    readonly double _momentum, _epsilon;

    /// <summary>A batch norm layer.</summary>
    /// <param name="channels">Length of the last axis, from 1.</param>
    /// <param name="momentum">How far the running statistics follow each batch, from 0 to 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="affine">False leaves γ and β out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public BatchNorm(int channels, double momentum = 0.1, double epsilon = 1e-5, bool affine = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (momentum is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(momentum), momentum,
                "The momentum of BatchNorm is how far the running statistics follow a batch: from 0 to 1, e.g. 0.1.");
        (_channels, _momentum, _epsilon) = (channels, momentum, Norms.Positive(epsilon));
        Scale = affine ? new([channels], new Constant(1)) : null;
        Shift = affine ? new([channels], Initial.Zeros) : null;
        Mean = new([channels], 0);
        Variance = new([channels], 1);
    }

    /// <summary>γ, [channels], or null.</summary>
    public Parameter? Scale { get; }

    /// <summary>β, [channels], or null.</summary>
    public Parameter? Shift { get; }

    /// <summary>The running mean, [channels].</summary>
    public State Mean { get; }

    /// <summary>The running variance, [channels].</summary>
    public State Variance { get; }

    /// <summary>How far the running statistics follow each batch.</summary>
    internal double Momentum => _momentum;

    /// <summary>ε.</summary>
    public double Epsilon => _epsilon;

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => Norms.Checked(this, x, _channels)
        .BatchNorm(Mean.Value, Variance.Value, Scale?.Value, Shift?.Value, _momentum, _epsilon,
            Mean.IsFrozen);

    bool IFuses.CanTake(Layer next) => next is Relu;

    Tensor IFuses.Run(Tensor x, Layer next) => Norms.Checked(this, x, _channels)
        .BatchNormRelu(Mean.Value, Variance.Value, Scale?.Value, Shift?.Value, _momentum, _epsilon,
            Mean.IsFrozen);

    /// <summary>max(0, this of x, and <paramref name="added"/>): the end of a residual block.</summary>
    internal Tensor RunAddRelu(Tensor x, Tensor added) => Norms.Checked(this, x, _channels)
        .BatchNormAddRelu(added, Mean.Value, Variance.Value, Scale?.Value, Shift?.Value, _momentum, _epsilon,
            Mean.IsFrozen);

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(Scale, "weight")
        .Add(Shift, "bias").Add(Mean, "running_mean").Add(Variance, "running_var");

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("BatchNorm").Add(_channels).Add("momentum", _momentum, 0.1)
        .Add("epsilon", _epsilon, 1e-5).Add("affine", Scale is not null, true).ToString();
}
