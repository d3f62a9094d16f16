using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = x / c      dx = dy / c</summary>
/// <param name="Value">The number.</param>
public readonly record struct DivideByFormula(double Value) : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "DivideBy";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => x / V.Create(Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.One / V.Create(Value);
}

/// <summary>Syntax of <see cref="DivideByFormula"/>.</summary>
public static class DivideBySyntax
{
    extension(Tensor)
    {
        /// <summary>x / c.</summary>
        public static Tensor operator /(Tensor x, double c) => Tape.Apply(new Unary<DivideByFormula>(new(c)), x);
    }
}
