using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Continuously differentiable ELU   y = x where x &gt; 0, else α(e^(x/α) − 1)      dx = dy · (1 or y/α + 1)
/// (Barron 2017, arXiv:1704.07483)
/// </summary>
/// <param name="Alpha">−α is the limit for large negative x.</param>
public readonly record struct CeluFormula(double Alpha) : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Celu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V>
    {
        V alpha = V.Create(Alpha);
        return V.Select(V.GreaterThan(x, V.Zero), x, alpha * Elementary.Expm1(x / alpha));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(x, V.Zero), V.One, y / V.Create(Alpha) + V.One);
}

/// <summary>Syntax of <see cref="Celu"/>.</summary>
public static class CeluSyntax
{
    extension(Tensor x)
    {
        /// <summary>x where positive, else α(e^(x/α) − 1).</summary>
        /// <param name="alpha">−α is the limit for large negative x.</param>
        public Tensor Celu(double alpha = 1) => Tape.Apply(new Unary<CeluFormula>(new(alpha)), x);
    }
}
