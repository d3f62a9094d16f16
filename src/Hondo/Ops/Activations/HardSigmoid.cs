using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = x/6 + ½ held within 0 and 1      dx = dy / 6 inside, else 0</summary>
public readonly record struct HardSigmoidFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "HardSigmoid";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> =>
        V.Min(V.Max(x + V.Create(3), V.Zero), V.Create(6)) / V.Create(6);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(V.Create(3), V.Abs(x)), V.Create(1.0 / 6), V.Zero);
}

/// <summary>Syntax of <see cref="HardSigmoid"/>.</summary>
public static class HardSigmoidSyntax
{
    extension(Tensor x)
    {
        /// <summary>x/6 + ½ held within 0 and 1.</summary>
        public Tensor HardSigmoid() => Tape.Apply(new Unary<HardSigmoidFormula>(), x);
    }
}
