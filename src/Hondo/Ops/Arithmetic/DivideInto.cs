using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = c / x      dx = −dy · y / x</summary>
/// <param name="Value">The number.</param>
public readonly record struct DivideIntoFormula(double Value) : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "DivideInto";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Create(Value) / x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => -y / x;
}

/// <summary>Syntax of <see cref="DivideIntoFormula"/>.</summary>
public static class DivideIntoSyntax
{
    extension(Tensor)
    {
        /// <summary>c / x.</summary>
        public static Tensor operator /(double c, Tensor x) => Tape.Apply(new Unary<DivideIntoFormula>(new(c)), x);
    }
}
