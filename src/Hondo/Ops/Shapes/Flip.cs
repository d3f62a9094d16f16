using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Some axes back to front      dx = dy at the places it came from</summary>
/// <param name="Axes">Bit a: axis a is flipped.</param>
public readonly record struct FlipOp(uint Axes) : IOp
{
    static string IOp.Name => "Flip";

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y) => Select(x[0].Shape).Copy((ReadOnlySpan<T>)x[0].Data, y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (dx[0].IsNeeded)
            Select(x[0].Shape).Add((ReadOnlySpan<T>)dy.Data, dx[0].Data);
    }

    Strided Select(Shape x)
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

/// <summary>Syntax of <see cref="Hondo.Ops.FlipOp"/>.</summary>
public static class FlipSyntax
{
    extension(Tensor x)
    {
        /// <summary>Some axes back to front.</summary>
        public Tensor Flip(params ReadOnlySpan<int> axes)
        {
            uint flipped = 0;
            foreach (int axis in axes)
                flipped |= 1u << x.Shape.Axis(axis);
            return Tape.Apply(new FlipOp(flipped), x);
        }
    }
}
