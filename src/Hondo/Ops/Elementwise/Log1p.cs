using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = ln(1 + x), right near 0 too      dx = dy / (1 + x)</summary>
public readonly record struct Log1pFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Log1p";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => Elementary.Log1p(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.One / (V.One + x);
}

/// <summary>Syntax of <see cref="Log1p"/>.</summary>
public static class Log1pSyntax
{
    extension(Tensor x)
    {
        /// <summary>ln(1 + x) without the loss of digits near 0.</summary>
        public Tensor Log1p() => Tape.Apply(new Unary<Log1pFormula>(), x);
    }
}
