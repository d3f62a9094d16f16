using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>The gate MulConstant   y = c · x      dx = c · dy</summary>
/// <param name="Value">The number.</param>
public readonly record struct ScaleFormula(double Value) : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Scale";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Create(Value) * x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Create(Value);
}

/// <summary>Syntax of <see cref="ScaleFormula"/>.</summary>
public static class ScaleSyntax
{
    extension(Tensor)
    {
        /// <summary>c · x.</summary>
        public static Tensor operator *(Tensor x, double c) => Tape.Apply(new Unary<ScaleFormula>(new(c)), x);

        /// <summary>c · x.</summary>
        public static Tensor operator *(double c, Tensor x) => x * c;
    }
}
