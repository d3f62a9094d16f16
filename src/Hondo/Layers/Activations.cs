using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Rectified linear unit   y = max(0, x)   (Nair and Hinton 2010): the usual choice in hidden layers.
/// </summary>
public sealed class Relu : Layer, IFuses
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Relu();

    bool IFuses.CanTake(Layer next) => next is MaxPool2d;

    // Images that do not fit are the pooling's to refuse, under its own name.
    Tensor IFuses.Run(Tensor x, Layer next) => next is MaxPool2d pool && pool.Windows.Fit(x.Shape)
        ? x.ReluMaxPool(pool.Windows.Vertical, pool.Windows.Horizontal)
        : next.Forward(x.Relu());
}

/// <summary>y = max(0, x), at most 6   (Krizhevsky 2010)</summary>
public sealed class Relu6 : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Relu6();
}

/// <summary>Leaky ReLU   y = x for x &gt; 0, else slope · x: units cannot die   (Maas et al. 2013)</summary>
/// <param name="slope">The slope below 0.</param>
public sealed class LeakyRelu(double slope = 0.01) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.LeakyRelu(slope);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("LeakyRelu").Add("slope", slope, 0.01).ToString();
}

/// <summary>
/// Exponential linear unit   y = x for x &gt; 0, else α(eˣ − 1)   (Clevert et al. 2015, arXiv:1511.07289)
/// </summary>
/// <param name="alpha">α: the value far below 0 is −α.</param>
public sealed class Elu(double alpha = 1) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Elu(alpha);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Elu").Add("alpha", alpha, 1).ToString();
}

/// <summary>
/// Continuously differentiable ELU   y = x for x &gt; 0, else α(e^(x/α) − 1)   (Barron 2017,
/// arXiv:1704.07483)
/// </summary>
/// <param name="alpha">α: the value far below 0 is −α.</param>
public sealed class Celu(double alpha = 1) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Celu(alpha);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Celu").Add("alpha", alpha, 1).ToString();
}

/// <summary>
/// Scaled ELU   y = λx for x &gt; 0, else λα(eˣ − 1), with the λ, α that keep mean 0 and variance 1 through layers with
/// LeCun's initialization   (Klambauer et al. 2017, arXiv:1706.02515)
/// </summary>
public sealed class Selu : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Selu();
}

/// <summary>
/// Gaussian error linear unit   y = x · Φ(x), with the exact Φ by erf   (Hendrycks and Gimpel 2016, arXiv:1606.08415)
/// </summary>
public sealed class Gelu : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Gelu();
}

/// <summary>
/// GELU by its tanh formula   y = ½x(1 + tanh(√(2/π)(x + 0.044715 x³))), which many published models use
/// (Hendrycks and Gimpel 2016, arXiv:1606.08415)
/// </summary>
public sealed class GeluTanh : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.GeluTanh();
}

/// <summary>Sigmoid linear unit, or swish   y = x / (1 + e⁻ˣ)   (Elfwing et al. 2017, arXiv:1702.03118)</summary>
public sealed class Silu : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Silu();
}

/// <summary>y = x · hard sigmoid(x)   (Howard et al. 2019, arXiv:1905.02244)</summary>
public sealed class HardSwish : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.HardSwish();
}

/// <summary>y = x tanh(ln(1 + eˣ))   (Misra 2019, arXiv:1908.08681)</summary>
public sealed class Mish : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Mish();
}

/// <summary>Smooth ReLU   y = ln(1 + e^(βx)) / β   (Dugas et al. 2001)</summary>
/// <param name="beta">β: how sharp the bend is.</param>
public sealed class Softplus(double beta = 1) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Softplus(beta);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Softplus").Add("beta", beta, 1).ToString();
}
