using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Exponential linear unit   y = x where x &gt; 0, else α(eˣ − 1)      dx = dy · (1 or y + α)
/// (Clevert et al. 2015, arXiv:1511.07289)
/// </summary>
/// <param name="Alpha">−α is the limit for large negative x.</param>
public readonly record struct EluFormula(double Alpha) : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Elu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(x, V.Zero), x, V.Create(Alpha) * Elementary.Expm1(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(x, V.Zero), V.One, y + V.Create(Alpha));
}

/// <summary>Syntax of <see cref="Elu"/>.</summary>
public static class EluSyntax
{
    extension(Tensor x)
    {
        /// <summary>x where positive, else α(eˣ − 1).</summary>
        /// <param name="alpha">−α is the limit for large negative x.</param>
        public Tensor Elu(double alpha = 1) => Tape.Apply(new Unary<EluFormula>(new(alpha)), x);
    }
}
