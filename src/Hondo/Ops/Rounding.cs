using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = f(x), element by element, constant but for its jumps: it has no gradient worth sending.</summary>
interface IStaircase
{
    /// <summary>The name in summaries and files.</summary>
    static abstract string Name { get; }

    /// <summary>f(x).</summary>
    V Forward<V>(V x) where V : struct, ILanes<V>;
}

/// <summary>Lifts a formula that is constant but for its jumps to an op. No gradient passes.</summary>
/// <typeparam name="F">The formula.</typeparam>
readonly record struct StaircaseOp<F> : IOp where F : struct, IStaircase, IEquatable<F>
{
    static string IOp.Name => F.Name;

    static bool IOp.StopsGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y) => Loops.Map(new Value(), (ReadOnlySpan<T>)x[0].Data, y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) { }

    readonly struct Value : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => default(F).Forward(x);
    }
}

/// <summary>The largest whole number not above x.</summary>
readonly record struct FloorFormula : IStaircase
{
    /// <inheritdoc/>
    public static string Name => "Floor";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Floor(x);
}

/// <summary>The smallest whole number not below x.</summary>
readonly record struct CeilingFormula : IStaircase
{
    /// <inheritdoc/>
    public static string Name => "Ceil";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => -V.Floor(-x);
}

/// <summary>The nearest whole number, ties to even.</summary>
readonly record struct RoundFormula : IStaircase
{
    /// <inheritdoc/>
    public static string Name => "Round";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Round(x);
}

/// <summary>−1, 0 or 1, as x is negative, zero or positive; NaN stays NaN.</summary>
readonly record struct SignFormula : IStaircase
{
    /// <inheritdoc/>
    public static string Name => "Sign";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> =>
        V.Select(V.Equals(x, V.Zero), V.Zero, V.Select(V.Equals(x, x), V.CopySign(V.One, x), x));
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>The largest whole number not above x. No gradient passes.</summary>
        public Tensor Floor() => Tape.Apply(new StaircaseOp<FloorFormula>(), x);

        /// <summary>The smallest whole number not below x. No gradient passes.</summary>
        public Tensor Ceiling() => Tape.Apply(new StaircaseOp<CeilingFormula>(), x);

        /// <summary>The nearest whole number, ties to even. No gradient passes.</summary>
        public Tensor Round() => Tape.Apply(new StaircaseOp<RoundFormula>(), x);

        /// <summary>−1, 0 or 1, as x is negative, zero or positive; NaN stays NaN. No gradient passes.</summary>
        public Tensor Sign() => Tape.Apply(new StaircaseOp<SignFormula>(), x);
    }
}
