using System.Runtime.CompilerServices;
using Hondo.Kernels;

namespace Hondo.Ops;

/// <summary>
/// y = xⁿ by repeated multiplication, right to the last digits for negative x too      dx = dy · n xⁿ⁻¹
/// </summary>
/// <param name="Exponent">n, from 0 to <see cref="Largest"/>.</param>
public readonly record struct WholePowerFormula(int Exponent) : IUnaryFormula
{
    /// <summary>The largest exponent; larger ones are quicker by logarithms.</summary>
    public const int Largest = 16;

    /// <inheritdoc/>
    public static string Name => "Pow";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => Power(x, Exponent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        Exponent == 0 ? V.Zero : V.Create(Exponent) * Power(x, Exponent - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Power<V>(V x, int n) where V : struct, ILanes<V>
    {
        V y = V.One;
        for (V square = x; n > 0; n >>= 1, square *= square)
            if ((n & 1) != 0)
                y *= square;
        return y;
    }
}
