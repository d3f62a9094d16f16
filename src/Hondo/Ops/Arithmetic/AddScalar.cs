using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = x + c      dx = dy</summary>
/// <param name="Value">The number.</param>
public readonly record struct AddScalarFormula(double Value) : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "AddScalar";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => x + V.Create(Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.One;
}

/// <summary>Syntax of <see cref="AddScalarFormula"/>.</summary>
public static class AddScalarSyntax
{
    extension(Tensor)
    {
        /// <summary>x + c.</summary>
        public static Tensor operator +(Tensor x, double c) => Tape.Apply(new Unary<AddScalarFormula>(new(c)), x);

        /// <summary>c + x.</summary>
        public static Tensor operator +(double c, Tensor x) => x + c;

        /// <summary>x − c.</summary>
        public static Tensor operator -(Tensor x, double c) => x + -c;
    }
}
