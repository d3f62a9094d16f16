using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = eˣ − 1, right near 0 too      dx = dy · eˣ</summary>
public readonly record struct Expm1Formula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Expm1";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => Elementary.Expm1(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => y + V.One;
}

/// <summary>Syntax of <see cref="Expm1"/>.</summary>
public static class Expm1Syntax
{
    extension(Tensor x)
    {
        /// <summary>eˣ − 1 without the loss of digits near 0.</summary>
        public Tensor Expm1() => Tape.Apply(new Unary<Expm1Formula>(), x);
    }
}
