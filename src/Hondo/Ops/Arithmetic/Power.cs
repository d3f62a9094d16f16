using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = aᵇ      da = dy · b aᵇ⁻¹,  db = dy · y ln a</summary>
public readonly record struct PowerFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Pow";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => Powers.Power(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V>
    {
        V slope = dy * b * Powers.Power(a, b - V.One);
        return V.Select(V.Equals(b, V.Zero), V.Zero, slope);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V>
    {
        V y = Powers.Power(a, b);
        // 0ᵇ is 0 for every positive b: it does not change with b, although ln 0 is infinite.
        return V.Select(V.Equals(y, V.Zero), V.Zero, dy * y * V.Log(a));
    }
}

/// <summary>Syntax of <see cref="PowerFormula"/>.</summary>
public static class PowerSyntax
{
    extension(Tensor a)
    {
        /// <summary>
        /// aᵇ, element by element, with broadcasting. A negative a has powers with whole b only; others are NaN.
        /// </summary>
        public Tensor Pow(Tensor b) => Broadcast.Apply(new Binary<PowerFormula>(), a, b);
    }
}
