using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = 1 / √x      dx = −½ dy · y³</summary>
public readonly record struct RsqrtFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Rsqrt";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.One / V.Sqrt(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Create(-0.5) * y * y * y;
}

/// <summary>Syntax of <see cref="Rsqrt"/>.</summary>
public static class RsqrtSyntax
{
    extension(Tensor x)
    {
        /// <summary>1 / √x, element by element.</summary>
        public Tensor Rsqrt() => Tape.Apply(new Unary<RsqrtFormula>(), x);
    }
}
