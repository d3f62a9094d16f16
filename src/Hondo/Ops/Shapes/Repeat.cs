using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>The whole axis several times, one after the other      dx = Σ dy over the copies</summary>
/// <param name="Axis">The axis, from 0.</param>
/// <param name="Count">How many times.</param>
public readonly record struct RepeatOp(int Axis, int Count) : IOp
{
    static string IOp.Name => "Tile";

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0].With(Axis, checked(x[0][Axis] * Count));

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
        if (!dx[0].IsNeeded)
            return;
        int run = x[0].Shape.SizeAfter(Axis) * x[0].Shape[Axis];
        for (int i = 0, at = 0; run > 0 && i < x[0].Length; i += run)
            for (int copy = 0; copy < Count; copy++, at += run)
                for (int k = 0; k < run; k++)
                    dx[0][i + k] += dy[at + k];
    }
}

/// <summary>Syntax of <see cref="Hondo.Ops.RepeatOp"/>.</summary>
public static class RepeatSyntax
{
    extension(Tensor x)
    {
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
