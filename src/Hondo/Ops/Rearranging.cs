using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Some axes back to front      dx = dy at the places it came from</summary>
/// <param name="Axes">Bit a: axis a is flipped.</param>
readonly record struct FlipView(uint Axes) : IView
{
    public static string Name => "Flip";

    public Strided Select(Shape x)
    {
        Span<int> strides = stackalloc int[Shape.MaxRank];
        AxisValues of = AxisValues.StridesOf(x);
        int offset = 0;
        for (int axis = 0; axis < x.Rank; axis++)
        {
            bool flips = (Axes >> axis & 1) != 0 && x[axis] > 0;
            strides[axis] = flips ? -of[axis] : of[axis];
            offset += flips ? (x[axis] - 1) * of[axis] : 0;
        }
        return new(x, offset, AxisValues.Create(strides[..x.Rank]));
    }
}

/// <summary>An axis moved along itself; what leaves at one end enters at the other      dx = dy moved back</summary>
/// <param name="Axis">The axis, from 0.</param>
/// <param name="Shift">How far, towards larger indices.</param>
readonly record struct RollOp(int Axis, int Shift) : IOp, ILinearOp
{
    static string IOp.Name => "Roll";

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        (int run, int shift) = Runs(x[0].Shape);
        for (int i = 0; i < y.Length; i += run)
        {
            ReadOnlySpan<T> from = x[0].Data.Slice(i, run);
            from[..(run - shift)].CopyTo(y.Data[(i + shift)..]);
            from[(run - shift)..].CopyTo(y.Data[i..]);
        }
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        (int run, int shift) = Runs(x[0].Shape);
        for (int i = 0; i < dy.Length; i += run)
            for (int k = 0; k < run; k++)
                dx[0][i + k] += dy[i + (k + shift) % run];
    }

    (int Run, int Shift) Runs(Shape x)
    {
        int inner = x.SizeAfter(Axis), length = Math.Max(1, x[Axis]);
        return (Math.Max(1, inner * x[Axis]), (Shift % length + length) % length * inner);
    }
}

/// <summary>The whole axis several times, one after the other      dx = Σ dy over the copies</summary>
/// <param name="Axis">The axis, from 0.</param>
/// <param name="Count">How many times.</param>
readonly record struct RepeatOp(int Axis, int Count) : IOp, ILinearOp
{
    static string IOp.Name => "Tile";

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => (Extent)x[0][Axis] * Count is { Fits: true } length
        ? x[0].With(Axis, length.To("a repeated axis"))
        : throw ShapeException.For<RepeatOp>(x, $"axis {Axis} cannot be repeated {Count} times");

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        int run = x[0].Shape.SizeAfter(Axis) * x[0].Shape[Axis];
        for (int i = 0, at = 0; run > 0 && i < x[0].Length; i += run)
            for (int copy = 0; copy < Count; copy++, at += run)
                x[0].Data.Slice(i, run).CopyTo(y.Data[at..]);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        int run = x[0].Shape.SizeAfter(Axis) * x[0].Shape[Axis];
        for (int i = 0, at = 0; run > 0 && i < x[0].Length; i += run)
            for (int copy = 0; copy < Count; copy++, at += run)
                for (int k = 0; k < run; k++)
                    dx[0][i + k] += dy[at + k];
    }
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>Some axes back to front.</summary>
        public Tensor Flip(params ReadOnlySpan<int> axes)
        {
            uint flipped = 0;
            foreach (int axis in axes)
                flipped |= 1u << x.Shape.Axis(axis);
            return Tape.Apply(new ViewOp<FlipView>(new(flipped)), x);
        }

        /// <summary>An axis moved along itself; what leaves at one end enters at the other.</summary>
        /// <param name="shift">How far, towards larger indices.</param>
        /// <param name="axis">The axis.</param>
        public Tensor Roll(int shift, int axis) => Tape.Apply(new RollOp(x.Shape.Axis(axis), shift), x);

        /// <summary>The tensor several times along each axis: <c>Repeat(2, 1, 3)</c>.</summary>
        /// <param name="counts">How many times, one number for each axis.</param>
        public Tensor Repeat(params ReadOnlySpan<int> counts)
        {
            if (counts.Length != x.Shape.Rank)
                throw new ShapeException($"Repeat of {x.Shape} got {counts.Length} counts: give one for each axis.");
            for (int axis = 0; axis < counts.Length; axis++)
                if (counts[axis] != 1)
                    x = Tape.Apply(new RepeatOp(axis, counts[axis]), x);
            return x;
        }
    }
}
