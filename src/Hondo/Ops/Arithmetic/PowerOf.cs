using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = xᵖ      dx = dy · p xᵖ⁻¹</summary>
/// <param name="Exponent">p.</param>
public readonly record struct PowerOfFormula(double Exponent) : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Pow";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => Powers.Power(x, V.Create(Exponent));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        V.Create(Exponent) * Powers.Power(x, V.Create(Exponent - 1));
}

/// <summary>Syntax of <see cref="PowerOfFormula"/>.</summary>
public static class PowerOfSyntax
{
    extension(Tensor x)
    {
        /// <summary>xᵖ, element by element. A negative x has powers with whole p only; others are NaN.</summary>
        /// <param name="exponent">p.</param>
        public Tensor Pow(double exponent) => exponent switch
        {
            2 => x.Square(),
            0.5 => x.Sqrt(),
            -1 => x.Reciprocal(),
            -0.5 => x.Rsqrt(),
            _ when exponent is >= 0 and <= WholePowerFormula.Largest && exponent == Math.Floor(exponent) =>
                Tape.Apply(new Unary<WholePowerFormula>(new((int)exponent)), x),
            _ => Tape.Apply(new Unary<PowerOfFormula>(new(exponent)), x),
        };
    }
}
