using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>A relation of two numbers, element by element. Its result has no gradient.</summary>
interface IComparison
{
    /// <summary>The name in summaries and files.</summary>
    static abstract string Name { get; }

    /// <summary>All bits where the relation holds, else none.</summary>
    V Mask<V>(V a, V b) where V : struct, ILanes<V>;
}

/// <summary>y = 1 where the relation of a and b holds, else 0, in the operands' type. No gradient passes.</summary>
/// <typeparam name="F">The relation.</typeparam>
readonly record struct CompareOp<F> : IOp where F : struct, IComparison, IEquatable<F>
{
    static string IOp.Name => F.Name;

    static bool IOp.StopsGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0] == x[1]
        ? x[0]
        : throw ShapeException.For<CompareOp<F>>(x,
            "both must have the same shape here; apply it through Broadcast.Apply");

    static bool IOp.TakesWholeNumbers => true;

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0] == x[1]
        ? x[0]
        : throw new ArgumentException($"{F.Name} compares numbers of one type, but got {x[0]} and {x[1]}: convert one "
            + "of them with To.");

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        if (x[0].Type == DType.Int32)
            WholeRelation.Map<F>(x[0].Ints, x[1].Ints, y.Ints);
        else
            Loops.Map(new Value(), (ReadOnlySpan<T>)x[0].Data, x[1].Data, y.Data);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) { }

    readonly struct Value : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => V.Select(default(F).Mask(a, b), V.One, V.Zero);
    }
}

/// <summary>y = 1 where the relation of x and a number holds, else 0, in x's type. No gradient passes.</summary>
/// <typeparam name="F">The relation.</typeparam>
/// <param name="Value">The number.</param>
readonly record struct CompareToOp<F>(double Value) : IOp where F : struct, IComparison, IEquatable<F>
{
    static string IOp.Name => F.Name;

    static bool IOp.StopsGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    static bool IOp.TakesWholeNumbers => true;

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        if (x[0].Type == DType.Int32)
            WholeRelation.Map<F>(x[0].Ints, Value, y.Ints);
        else
            Loops.Map(new Formula(Value), (ReadOnlySpan<T>)x[0].Data, y.Data);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) { }

    readonly struct Formula(double value) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> =>
            V.Select(default(F).Mask(x, V.Create(value)), V.One, V.Zero);
    }
}

/// <summary>1 where a &gt; b, else 0. NaN compares with nothing.</summary>
readonly record struct GreaterFormula : IComparison
{
    /// <inheritdoc/>
    public static string Name => "Greater";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Mask<V>(V a, V b) where V : struct, ILanes<V> => V.GreaterThan(a, b);
}

/// <summary>1 where a ≥ b, else 0. NaN compares with nothing.</summary>
readonly record struct GreaterOrEqualFormula : IComparison
{
    /// <inheritdoc/>
    public static string Name => "GreaterOrEqual";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Mask<V>(V a, V b) where V : struct, ILanes<V> => V.GreaterThanOrEqual(a, b);
}

/// <summary>1 where a &lt; b, else 0. NaN compares with nothing.</summary>
readonly record struct LessFormula : IComparison
{
    /// <inheritdoc/>
    public static string Name => "Less";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Mask<V>(V a, V b) where V : struct, ILanes<V> => V.GreaterThan(b, a);
}

/// <summary>1 where a ≤ b, else 0. NaN compares with nothing.</summary>
readonly record struct LessOrEqualFormula : IComparison
{
    /// <inheritdoc/>
    public static string Name => "LessOrEqual";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Mask<V>(V a, V b) where V : struct, ILanes<V> => V.GreaterThanOrEqual(b, a);
}

/// <summary>1 where a = b, else 0. NaN compares with nothing.</summary>
readonly record struct EqualFormula : IComparison
{
    /// <inheritdoc/>
    public static string Name => "Equal";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Mask<V>(V a, V b) where V : struct, ILanes<V> => V.Equals(a, b);
}

/// <summary>1 where a ≠ b, else 0. NaN differs from everything.</summary>
readonly record struct NotEqualFormula : IComparison
{
    /// <inheritdoc/>
    public static string Name => "NotEqual";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Mask<V>(V a, V b) where V : struct, ILanes<V> =>
        V.Select(V.Equals(a, b), V.Zero, V.Equals(V.Zero, V.Zero));
}

public static partial class TensorExtensions
{
    extension(Tensor)
    {
        /// <summary>1 where a &gt; b, else 0, with broadcasting.</summary>
        public static Tensor operator >(Tensor a, Tensor b) => Broadcast.Apply(new CompareOp<GreaterFormula>(), a, b);

        /// <summary>1 where a &gt; b, else 0.</summary>
        public static Tensor operator >(Tensor a, double b) => Tape.Apply(new CompareToOp<GreaterFormula>(b), a);

        /// <summary>1 where a &lt; b, else 0, with broadcasting.</summary>
        public static Tensor operator <(Tensor a, Tensor b) => Broadcast.Apply(new CompareOp<LessFormula>(), a, b);

        /// <summary>1 where a &lt; b, else 0.</summary>
        public static Tensor operator <(Tensor a, double b) => Tape.Apply(new CompareToOp<LessFormula>(b), a);

        /// <summary>1 where a ≥ b, else 0, with broadcasting.</summary>
        public static Tensor operator >=(Tensor a, Tensor b) =>
            Broadcast.Apply(new CompareOp<GreaterOrEqualFormula>(), a, b);

        /// <summary>1 where a ≥ b, else 0.</summary>
        public static Tensor operator >=(Tensor a, double b) =>
            Tape.Apply(new CompareToOp<GreaterOrEqualFormula>(b), a);

        /// <summary>1 where a ≤ b, else 0, with broadcasting.</summary>
        public static Tensor operator <=(Tensor a, Tensor b) =>
            Broadcast.Apply(new CompareOp<LessOrEqualFormula>(), a, b);

        /// <summary>1 where a ≤ b, else 0.</summary>
        public static Tensor operator <=(Tensor a, double b) => Tape.Apply(new CompareToOp<LessOrEqualFormula>(b), a);
    }

    extension(Tensor a)
    {
        /// <summary>1 where a = b, else 0, with broadcasting.</summary>
        public Tensor EqualTo(Tensor b) => Broadcast.Apply(new CompareOp<EqualFormula>(), a, b);

        /// <summary>1 where a = b, else 0.</summary>
        public Tensor EqualTo(double b) => Tape.Apply(new CompareToOp<EqualFormula>(b), a);

        /// <summary>1 where a ≠ b, else 0, with broadcasting.</summary>
        public Tensor NotEqualTo(Tensor b) => Broadcast.Apply(new CompareOp<NotEqualFormula>(), a, b);

        /// <summary>1 where a ≠ b, else 0.</summary>
        public Tensor NotEqualTo(double b) => Tape.Apply(new CompareToOp<NotEqualFormula>(b), a);
    }
}
