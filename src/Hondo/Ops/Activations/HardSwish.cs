using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = x · hard sigmoid(x)      dx = dy · (0, x/3 + ½ or 1)   (Howard et al. 2019, arXiv:1905.02244)
/// </summary>
public readonly record struct HardSwishFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "HardSwish";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> =>
        x * (V.Min(V.Max(x + V.Create(3), V.Zero), V.Create(6)) / V.Create(6));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V>
    {
        V inside = V.FusedMultiplyAdd(x, V.Create(1.0 / 3), V.Create(0.5));
        V outside = V.Select(V.GreaterThan(x, V.Zero), V.One, V.Zero);
        return V.Select(V.GreaterThan(V.Create(3), V.Abs(x)), inside, outside);
    }
}

/// <summary>Syntax of <see cref="HardSwish"/>.</summary>
public static class HardSwishSyntax
{
    extension(Tensor x)
    {
        /// <summary>x times the hard sigmoid of x.</summary>
        public Tensor HardSwish() => Tape.Apply(new Unary<HardSwishFormula>(), x);
    }
}
