using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = c − x      dx = −dy</summary>
/// <param name="Value">The number.</param>
public readonly record struct SubtractFromFormula(double Value) : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "SubtractFrom";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Create(Value) - x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => -V.One;
}

/// <summary>Syntax of <see cref="SubtractFromFormula"/>.</summary>
public static class SubtractFromSyntax
{
    extension(Tensor)
    {
        /// <summary>c − x.</summary>
        public static Tensor operator -(double c, Tensor x) => Tape.Apply(new Unary<SubtractFromFormula>(new(c)), x);
    }
}
