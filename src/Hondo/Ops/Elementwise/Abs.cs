using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = |x|      dx = dy · sign x, 0 at 0</summary>
public readonly record struct AbsFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Abs";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        V.Select(V.Equals(x, V.Zero), V.Zero, V.CopySign(V.One, x));
}

/// <summary>Syntax of <see cref="Abs"/>.</summary>
public static class AbsSyntax
{
    extension(Tensor x)
    {
        /// <summary>|x|, element by element.</summary>
        public Tensor Abs() => Tape.Apply(new Unary<AbsFormula>(), x);
    }
}
