using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>An axis moved along itself; what leaves at one end enters at the other      dx = dy moved back</summary>
/// <param name="Axis">The axis, from 0.</param>
/// <param name="Shift">How far, towards larger indices.</param>
public readonly record struct RollOp(int Axis, int Shift) : IOp
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
        if (!dx[0].IsNeeded)
            return;
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

/// <summary>Syntax of <see cref="Hondo.Ops.RollOp"/>.</summary>
public static class RollSyntax
{
    extension(Tensor x)
    {
        /// <summary>An axis moved along itself; what leaves at one end enters at the other.</summary>
        /// <param name="shift">How far, towards larger indices.</param>
        /// <param name="axis">The axis.</param>
        public Tensor Roll(int shift, int axis) => Tape.Apply(new RollOp(x.Shape.Axis(axis), shift), x);
    }
}
