using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = acos x      dx = −dy / √(1 − x²)</summary>
public readonly record struct AcosFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Acos";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => InverseTrigonometry.Acos(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => -V.One / V.Sqrt((V.One - x) * (V.One + x));
}

/// <summary>Syntax of <see cref="Acos"/>.</summary>
public static class AcosSyntax
{
    extension(Tensor x)
    {
        /// <summary>The angle in 0 … π whose cosine is x.</summary>
        public Tensor Acos() => Tape.Apply(new Unary<AcosFormula>(), x);
    }
}
