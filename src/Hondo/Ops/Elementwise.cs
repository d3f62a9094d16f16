using System.Numerics;
using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Sends gradients that are a formula, element by element: over what is there, or adding to it.</summary>
static class Elementwise
{
    public static void Send<F, T>(F f, ReadOnlySpan<T> x, View<T> into)
        where F : struct, IUnary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (into.Accumulates)
            Loops.Accumulate(f, x, into.Data);
        else
            Loops.Map(f, x, into.Data);
    }

    public static void Send<F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> z, View<T> into)
        where F : struct, IBinary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (into.Accumulates)
            Loops.Accumulate(f, x, z, into.Data);
        else
            Loops.Map(f, x, z, into.Data);
    }

    public static void Send<F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> z, ReadOnlySpan<T> u, View<T> into)
        where F : struct, ITernary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (into.Accumulates)
            Loops.Accumulate(f, x, z, u, into.Data);
        else
            Loops.Map(f, x, z, u, into.Data);
    }

    /// <summary>dx = dy, or dx += dy.</summary>
    public static void Copy<T>(ReadOnlySpan<T> dy, View<T> into) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (into.Accumulates)
            Loops.Accumulate(new Same(), dy, into.Data);
        else
            dy.CopyTo(into.Data);
    }

    /// <summary>eˣ of one number, with the bits that the lanes give.</summary>
    public static T Exp<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T y = default;
        Scalar<T>.Store(Elementary.Exp(new Scalar<T>(x)), ref y, 0);
        return y;
    }

    readonly struct Same : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => x;
    }
}

/// <summary>y = |x|      dx = dy · sign x, 0 at 0</summary>
readonly record struct AbsFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Abs";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        V.Select(V.Equals(x, V.Zero), V.Zero, V.CopySign(V.One, x));
}

/// <summary>x held within limits      dx = dy where x lies within them, else 0</summary>
/// <param name="Low">The lower limit; −∞ for none.</param>
/// <param name="High">The upper limit; ∞ for none.</param>
readonly record struct ClipFormula(double Low, double High) : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Clip";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Min(V.Max(x, V.Create(Low)), V.Create(High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Select(V.Equals(x, y), V.One, V.Zero);
}

/// <summary>
/// The mathematics of tensors as C# reads it: operators, and methods that continue a chain, such as
/// <c>x.MatMul(w).Relu().Mean()</c>. Each family of ops adds its part in its own file.
/// </summary>
public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>|x|, element by element.</summary>
        public Tensor Abs() => Tape.Apply(new Unary<AbsFormula>(), x);

        /// <summary>x held within limits. The gradient is that of x within them, and at them, and 0 outside.</summary>
        /// <param name="low">The lower limit; −∞ for none.</param>
        /// <param name="high">The upper limit; ∞ for none.</param>
        /// <exception cref="ArgumentException">The lower limit is above the upper one.</exception>
        public Tensor Clip(double low = double.NegativeInfinity, double high = double.PositiveInfinity) => low <= high
            ? Tape.Apply(new Unary<ClipFormula>(new(low, high)), x)
            : throw new ArgumentException(
                $"Clip got the limits {low} and {high}: the first must not be above the second.");

        /// <summary>x held within −1 and 1: a piecewise linear tanh.</summary>
        /// <param name="low">The lower limit.</param>
        /// <param name="high">The upper limit.</param>
        public Tensor HardTanh(double low = -1, double high = 1) => x.Clip(low, high);
    }
}
