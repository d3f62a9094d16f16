using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Numbers added beyond the ends of axes, or taken away where negative      dx = Σ dy of each number's copies
/// </summary>
/// <typeparam name="TBorder">Where the added numbers come from.</typeparam>
/// <param name="Before">How many before the start of each axis.</param>
/// <param name="After">How many after its end.</param>
/// <param name="Value">The number that is added, where it comes from nowhere else.</param>
readonly record struct PadOp<TBorder>(AxisValues Before, AxisValues After, double Value) : IOp, ILinearOp
    where TBorder : struct, IPaddingMode
{
    static string IOp.Name => "Pad";

    // What stands at the border is added, and does not change with x.
    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x) => Value == 0
        ? null
        : Tape.Apply(this with { Value = 0 }, x[0]) + Tape.Apply(this, Tensor.ZerosLike(x[0]));

    Shape IOp.Infer(ReadOnlySpan<Shape> x)
    {
        Span<int> lengths = stackalloc int[Shape.MaxRank];
        for (int axis = 0; axis < x[0].Rank; axis++)
        {
            if (Math.Max(Before[axis], After[axis]) is > 0 and var most && most > TBorder.Reach(x[0][axis]))
                throw ShapeException.For<PadOp<TBorder>>(x, $"axis {axis} of length {x[0][axis]} can be padded by "
                    + $"at most {TBorder.Reach(x[0][axis])} ({TBorder.Name}), not {most}");
            Extent length = (Extent)x[0][axis] + Before[axis] + After[axis];
            lengths[axis] = length.Fits ? length.To("a padded axis") : throw ShapeException.For<PadOp<TBorder>>(x,
                $"axis {axis} would be {length} long with its padding");
        }
        return Shape.Create(lengths[..x[0].Rank]);
    }

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        T value = T.CreateTruncating(Value);
        int length = Length(y.Shape);
        for (int row = 0; (long)row * length < y.Length; row++)
        {
            int source = Row(x[0].Shape, y.Shape, row);
            for (int j = 0; j < length; j++)
                y[row * length + j] = source >= 0 && Place(x[0].Shape, j) is >= 0 and var from ? x[0][source + from]
                    : value;
        }
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        int length = Length(dy.Shape);
        for (int row = 0; (long)row * length < dy.Length; row++)
            if (Row(x[0].Shape, dy.Shape, row) is >= 0 and var source)
                for (int j = 0; j < length; j++)
                    if (Place(x[0].Shape, j) is >= 0 and var to)
                        dx[0][source + to] += dy[row * length + j];
    }

    static int Length(Shape y) => y.Rank == 0 ? 1 : y[^1];

    int Place(Shape x, int j) => x.Rank == 0 ? 0 : TBorder.Source(j - Before[x.Rank - 1], x[^1]);

    // Where the row of x begins that a row of y is made of; −1 for none.
    int Row(Shape x, Shape y, int row)
    {
        int at = 0, stride = Length(x);
        for (int axis = x.Rank - 2; axis >= 0; stride *= x[axis], row /= y[axis], axis--)
        {
            int source = TBorder.Source(row % y[axis] - Before[axis], x[axis]);
            if (source < 0)
                return -1;
            at += source * stride;
        }
        return at;
    }
}

/// <summary>Where the numbers beyond an axis's ends come from.</summary>
interface IPaddingMode
{
    /// <summary>The name in summaries and files.</summary>
    static abstract string Name { get; }

    /// <summary>How far an axis of a length can be padded.</summary>
    static abstract int Reach(int length);

    /// <summary>
    /// The index on the axis that stands at <paramref name="i"/>, which may lie beyond the ends; −1 for none.
    /// </summary>
    static abstract int Source(int i, int length);
}

/// <summary>One number everywhere: v v | a b c | v v</summary>
readonly record struct ConstantPadding : IPaddingMode
{
    /// <inheritdoc/>
    public static string Name => "constant";

    /// <inheritdoc/>
    public static int Reach(int length) => int.MaxValue;

    /// <inheritdoc/>
    public static int Source(int i, int length) => (uint)i < (uint)length ? i : -1;
}

/// <summary>Mirrored at the last number, which is not repeated: c b | a b c | b a</summary>
readonly record struct ReflectionPadding : IPaddingMode
{
    /// <inheritdoc/>
    public static string Name => "reflect";

    /// <inheritdoc/>
    public static int Reach(int length) => length - 1;

    /// <inheritdoc/>
    public static int Source(int i, int length) => i < 0 ? -i : i >= length ? 2 * length - 2 - i : i;
}

/// <summary>The last number again and again: a a | a b c | c c</summary>
readonly record struct ReplicationPadding : IPaddingMode
{
    /// <inheritdoc/>
    public static string Name => "replicate";

    /// <inheritdoc/>
    public static int Reach(int length) => length == 0 ? 0 : int.MaxValue;

    /// <inheritdoc/>
    public static int Source(int i, int length) => Math.Clamp(i, 0, length - 1);
}

/// <summary>From the other end: b c | a b c | a b</summary>
readonly record struct CircularPadding : IPaddingMode
{
    /// <inheritdoc/>
    public static string Name => "circular";

    /// <inheritdoc/>
    public static int Reach(int length) => length;

    /// <inheritdoc/>
    public static int Source(int i, int length) => (i + length) % length;
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>Axes made longer by a number, or shorter where an amount is negative.</summary>
        /// <param name="before">How many before the start of each axis, first axis first.</param>
        /// <param name="after">How many after its end.</param>
        /// <param name="value">The number that is added.</param>
        public Tensor Pad(ReadOnlySpan<int> before, ReadOnlySpan<int> after, double value = 0) =>
            Apply<ConstantPadding>(x, before, after, value);

        /// <summary>Axes made longer by mirroring: c b | a b c | b a.</summary>
        /// <param name="before">How many before the start of each axis.</param>
        /// <param name="after">How many after its end.</param>
        public Tensor PadReflect(ReadOnlySpan<int> before, ReadOnlySpan<int> after) =>
            Apply<ReflectionPadding>(x, before, after, 0);

        /// <summary>Axes made longer by their last numbers: a a | a b c | c c.</summary>
        /// <param name="before">How many before the start of each axis.</param>
        /// <param name="after">How many after its end.</param>
        public Tensor PadReplicate(ReadOnlySpan<int> before, ReadOnlySpan<int> after) =>
            Apply<ReplicationPadding>(x, before, after, 0);

        /// <summary>Axes made longer from their other ends: b c | a b c | a b.</summary>
        /// <param name="before">How many before the start of each axis.</param>
        /// <param name="after">How many after its end.</param>
        public Tensor PadCircular(ReadOnlySpan<int> before, ReadOnlySpan<int> after) =>
            Apply<CircularPadding>(x, before, after, 0);
    }

    static Tensor Apply<TBorder>(Tensor x, ReadOnlySpan<int> before, ReadOnlySpan<int> after, double value)
        where TBorder : struct, IPaddingMode => before.Length == x.Shape.Rank && after.Length == x.Shape.Rank
        ? Tape.Apply(new PadOp<TBorder>(AxisValues.Create(before), AxisValues.Create(after), value), x)
        : throw new ShapeException($"Pad of {x.Shape} got {before.Length} and {after.Length} amounts: give one "
            + "before and one after each axis, 0 for none.");
}
