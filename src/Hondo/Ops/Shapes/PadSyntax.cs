using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Syntax of <see cref="PadOp{TBorder}"/>.</summary>
public static class PadSyntax
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
            + $"before and one "
            + "after each axis, 0 for none.");
}
