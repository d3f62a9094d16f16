using System.Runtime.CompilerServices;
using Hondo.Kernels;

namespace Hondo.Optimizers;

/// <summary>
/// Adam's formula, shared by <see cref="Adam"/>, <see cref="AdamW"/> and <see cref="AdamUncorrected"/>.
/// </summary>
/// <param name="rate">α / (1 − β₁ᵗ).</param>
/// <param name="beta1">β₁.</param>
/// <param name="beta2">β₂.</param>
/// <param name="rootOfBias">√(1 − β₂ᵗ).</param>
/// <param name="epsilon">ε.</param>
readonly struct AdamRule(double rate, double beta1, double beta2, double rootOfBias, double epsilon) : IUpdate2
{
    // m / (√v / r + ε) = r·m / (√v + r·ε): one division of a register less, a third of the time.
    readonly double _rate = rate * rootOfBias, _epsilon = epsilon * rootOfBias;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<V>(ref V w, V g, ref V m, ref V v) where V : struct, ILanes<V>
    {
        m = (V.Create(beta1) * m) + (V.Create(1 - beta1) * g);
        v = (V.Create(beta2) * v) + (V.Create(1 - beta2) * g * g);
        w -= V.Create(_rate) * m / (V.Sqrt(v) + V.Create(_epsilon));
    }
}
