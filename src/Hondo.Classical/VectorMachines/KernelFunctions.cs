using System.Globalization;
using System.Runtime.CompilerServices;
using Hondo.Kernels;

namespace Hondo.Classical;

/// <summary>
/// A kernel: the product φ(x)·φ(z) in a space that nobody has to compute. It is a function of x·z, |x|² and |z|².
/// </summary>
public interface IKernel
{
    /// <summary>The kernel with its γ chosen for the data.</summary>
    /// <param name="x">The training rows.</param>
    IKernel For(FeatureMatrix x);

    /// <summary>k(x, z) for one x and many z.</summary>
    /// <param name="dots">x·z of each z; becomes k(x, z).</param>
    /// <param name="squaredNorm">|x|².</param>
    /// <param name="squaredNorms">|z|² of each z.</param>
    void Apply(Span<double> dots, double squaredNorm, ReadOnlySpan<double> squaredNorms);
}

/// <summary>k(x, z) = x·z: a hyperplane in the space of the features themselves.</summary>
public sealed record LinearKernel : IKernel
{
    /// <inheritdoc/>
    public IKernel For(FeatureMatrix x) => this;

    /// <inheritdoc/>
    public void Apply(Span<double> dots, double squaredNorm, ReadOnlySpan<double> squaredNorms) { }

    /// <inheritdoc/>
    public override string ToString() => "linear";
}

/// <summary>Radial basis functions: k(x, z) = exp(−γ |x − z|²).</summary>
/// <param name="Gamma">γ, how fast a sample's influence falls off.</param>
public sealed record RbfKernel(Gamma Gamma) : IKernel
{
    /// <summary>With γ = <see cref="Gamma.Scale"/>.</summary>
    public RbfKernel() : this(Gamma.Scale) { }

    /// <inheritdoc/>
    public IKernel For(FeatureMatrix x) => new RbfKernel(Gamma.For(x));

    /// <inheritdoc/>
    public void Apply(Span<double> dots, double squaredNorm, ReadOnlySpan<double> squaredNorms) =>
        Loops.Map(new Formula(Gamma.Value, squaredNorm), (ReadOnlySpan<double>)dots, squaredNorms, dots);

    /// <inheritdoc/>
    public override string ToString() => $"rbf, gamma: {Gamma}";

    readonly struct Formula(double gamma, double squaredNorm) : IBinary
    {
        // Rounding may make the distance of equal rows a little less than 0.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V dot, V other) where V : struct, ILanes<V> => V.Exp(-V.Create(gamma)
            * V.Max(V.FusedMultiplyAdd(V.Create(-2), dot, V.Create(squaredNorm) + other), V.Zero));
    }
}

/// <summary>Polynomials: k(x, z) = (γ x·z + r)ᵈ, all products of up to d features.</summary>
/// <param name="Degree">d, from 1.</param>
/// <param name="Gamma">γ.</param>
/// <param name="Constant">r: 0 for the products of exactly d features.</param>
public sealed record PolynomialKernel(int Degree, Gamma Gamma, double Constant = 0) : IKernel
{
    /// <summary>With γ = <see cref="Gamma.Scale"/>.</summary>
    public PolynomialKernel(int degree = 3) : this(degree, Gamma.Scale) { }

    /// <summary>d, from 1.</summary>
    public int Degree { get; } = Degree >= 1 ? Degree
        : throw new ArgumentOutOfRangeException(nameof(Degree), Degree, "The degree of a polynomial kernel is 1 or "
            + "more.");

    /// <inheritdoc/>
    public IKernel For(FeatureMatrix x) => new PolynomialKernel(Degree, Gamma.For(x), Constant);

    /// <inheritdoc/>
    public void Apply(Span<double> dots, double squaredNorm, ReadOnlySpan<double> squaredNorms)
    {
        for (int i = 0; i < dots.Length; i++)
        {
            double factor = Gamma.Value * dots[i] + Constant, power = factor;
            for (int d = 1; d < Degree; d++)
                power *= factor;
            dots[i] = power;
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"poly, gamma: {Gamma}, degree: {Degree}, constant: {Constant}");
}

/// <summary>γ of a kernel: a number, or a rule that makes one of the training rows.</summary>
public readonly record struct Gamma
{
    readonly double _value;

    Gamma(double value) => _value = value;

    /// <summary>1 / (columns · variance of all numbers).</summary>
    public static Gamma Scale { get; } = new(0);

    /// <summary>1 / columns.</summary>
    public static Gamma Auto { get; } = new(-1);

    /// <summary>The number; only of one that is no rule.</summary>
    /// <exception cref="InvalidOperationException">It is a rule: <see cref="For"/> makes a number of it.</exception>
    public double Value => _value > 0 ? _value
        : throw new InvalidOperationException($"gamma: {this} is a rule; it becomes a number when rows are fitted.");

    /// <summary>A number above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0, or not finite.</exception>
    public static Gamma Of(double value) => value > 0 && double.IsFinite(value) ? new(value)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "gamma is a number above 0, scale or auto.");

    /// <inheritdoc cref="Of"/>
    public static implicit operator Gamma(double value) => Of(value);

    /// <summary>The number for the rows.</summary>
    public Gamma For(FeatureMatrix x) => _value switch
    {
        > 0 => this,
        0 when Variance(x.Values) is > 0 and var variance => new(1 / (x.Columns * variance)),
        // All numbers are the same: no γ tells anything apart.
        _ => new(1.0 / x.Columns),
    };

    static double Variance(ReadOnlySpan<double> values)
    {
        double mean = 0, squares = 0;
        foreach (double value in values)
            mean += value;
        mean /= values.Length;
        foreach (double value in values)
            squares += (value - mean) * (value - mean);
        return squares / values.Length;
    }

    /// <inheritdoc/>
    public override string ToString() => _value switch
    {
        0 => "scale",
        -1 => "auto",
        _ => _value.ToString("0.######", CultureInfo.InvariantCulture),
    };
}
