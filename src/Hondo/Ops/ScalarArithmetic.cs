using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = x + c      dx = dy</summary>
/// <param name="Value">The number.</param>
readonly record struct AddScalarFormula(double Value) : IUnaryFormula
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

/// <summary>y = c − x      dx = −dy</summary>
/// <param name="Value">The number.</param>
readonly record struct SubtractFromFormula(double Value) : IUnaryFormula
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

/// <summary>The gate MulConstant   y = c · x      dx = c · dy</summary>
/// <param name="Value">The number.</param>
readonly record struct ScaleFormula(double Value) : IUnaryFormula
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

/// <summary>y = x / c      dx = dy / c</summary>
/// <param name="Value">The number.</param>
readonly record struct DivideByFormula(double Value) : IUnaryFormula
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

/// <summary>y = c / x      dx = −dy · y / x</summary>
/// <param name="Value">The number.</param>
readonly record struct DivideIntoFormula(double Value) : IUnaryFormula
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

/// <summary>y = −x      dx = −dy</summary>
readonly record struct NegateFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Neg";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => -x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => -V.One;
}

public static partial class TensorExtensions
{
    extension(Tensor)
    {
        /// <summary>x + c.</summary>
        public static Tensor operator +(Tensor x, double c) => x.DType == DType.Int32
            ? x + Whole.Number(c, "The sum")
            : Tape.Apply(new Unary<AddScalarFormula>(new(c)), x);

        /// <summary>c + x.</summary>
        public static Tensor operator +(double c, Tensor x) => x + c;

        /// <summary>x − c.</summary>
        public static Tensor operator -(Tensor x, double c) => x + -c;

        /// <summary>c − x.</summary>
        public static Tensor operator -(double c, Tensor x) => x.DType == DType.Int32
            ? Whole.Number(c, "The difference") - x
            : Tape.Apply(new Unary<SubtractFromFormula>(new(c)), x);

        /// <summary>c · x.</summary>
        public static Tensor operator *(Tensor x, double c) => x.DType == DType.Int32
            ? x * Whole.Number(c, "The product")
            : Tape.Apply(new Unary<ScaleFormula>(new(c)), x);

        /// <summary>c · x.</summary>
        public static Tensor operator *(double c, Tensor x) => x * c;

        /// <summary>x / c.</summary>
        public static Tensor operator /(Tensor x, double c) => Tape.Apply(new Unary<DivideByFormula>(new(c)), x);

        /// <summary>c / x.</summary>
        public static Tensor operator /(double c, Tensor x) => Tape.Apply(new Unary<DivideIntoFormula>(new(c)), x);

        /// <summary>−x, element by element.</summary>
        public static Tensor operator -(Tensor x) => x.DType == DType.Int32
            ? 0 - x
            : Tape.Apply(new Unary<NegateFormula>(), x);
    }
}
