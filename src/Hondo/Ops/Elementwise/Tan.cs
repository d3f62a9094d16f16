using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = tan x      dx = dy · (1 + y²)</summary>
public readonly record struct TanFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Tan";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Sin(x) / V.Cos(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.FusedMultiplyAdd(y, y, V.One);
}

/// <summary>Syntax of <see cref="Tan"/>.</summary>
public static class TanSyntax
{
    extension(Tensor x)
    {
        /// <summary>tan x, element by element, x in radians.</summary>
        public Tensor Tan() => Tape.Apply(new Unary<TanFormula>(), x);
    }
}
