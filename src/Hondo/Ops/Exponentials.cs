using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = eˣ      dx = dy · y</summary>
readonly record struct ExpFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Exp";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => y;
}

/// <summary>y = eˣ − 1, right near 0 too      dx = dy · eˣ</summary>
readonly record struct Expm1Formula : IUnaryFormula
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

/// <summary>y = ln x      dx = dy / x</summary>
readonly record struct LogFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Log";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Log(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.One / x;
}

/// <summary>y = ln(1 + x), right near 0 too      dx = dy / (1 + x)</summary>
readonly record struct Log1pFormula : IUnaryFormula
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

/// <summary>y = erf x      dx = dy · 2/√π · e^−x²</summary>
readonly record struct ErfFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Erf";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Erf(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Create(1.1283791670955126) * V.Exp(-x * x);
}

/// <summary>y = sinh x      dx = dy · cosh x</summary>
readonly record struct SinhFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Sinh";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => Hyperbolic.Sinh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => Hyperbolic.Cosh(x);
}

/// <summary>y = cosh x      dx = dy · sinh x</summary>
readonly record struct CoshFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Cosh";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => Hyperbolic.Cosh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => Hyperbolic.Sinh(x);
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>eˣ, element by element.</summary>
        public Tensor Exp() => Tape.Apply(new Unary<ExpFormula>(), x);

        /// <summary>eˣ − 1 without the loss of digits near 0.</summary>
        public Tensor Expm1() => Tape.Apply(new Unary<Expm1Formula>(), x);

        /// <summary>The natural logarithm, element by element.</summary>
        public Tensor Log() => Tape.Apply(new Unary<LogFormula>(), x);

        /// <summary>ln(1 + x) without the loss of digits near 0.</summary>
        public Tensor Log1p() => Tape.Apply(new Unary<Log1pFormula>(), x);

        /// <summary>The error function, element by element.</summary>
        public Tensor Erf() => Tape.Apply(new Unary<ErfFormula>(), x);

        /// <summary>sinh x, element by element.</summary>
        public Tensor Sinh() => Tape.Apply(new Unary<SinhFormula>(), x);

        /// <summary>cosh x, element by element.</summary>
        public Tensor Cosh() => Tape.Apply(new Unary<CoshFormula>(), x);
    }
}
