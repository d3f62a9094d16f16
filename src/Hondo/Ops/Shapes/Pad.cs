using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Numbers added beyond the ends of axes, or taken away where negative      dx = Σ dy of each number's copies
/// </summary>
/// <typeparam name="TBorder">Where the added numbers come from.</typeparam>
/// <param name="Before">How many before the start of each axis.</param>
/// <param name="After">How many after its end.</param>
/// <param name="Value">The number that is added, where it comes from nowhere else.</param>
public readonly record struct PadOp<TBorder>(AxisValues Before, AxisValues After, double Value) : IOp
    where TBorder : struct, IPaddingMode
{
    static string IOp.Name => "Pad";

    Shape IOp.Infer(ReadOnlySpan<Shape> x)
    {
        Span<int> lengths = stackalloc int[Shape.MaxRank];
        for (int axis = 0; axis < x[0].Rank; axis++)
        {
            if (Math.Max(Before[axis], After[axis]) is > 0 and var most && most > TBorder.Reach(x[0][axis]))
                throw ShapeException.For<PadOp<TBorder>>(x, $"axis {axis} of length {x[0][axis]} can be padded by "
                    + $"at most "
                    + $"{TBorder.Reach(x[0][axis])} ({TBorder.Name}), not {most}");
            lengths[axis] = x[0][axis] + Before[axis] + After[axis];
        }
        return Shape.Create(lengths[..x[0].Rank]);
    }

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        T value = T.CreateTruncating(Value);
        for (int i = 0; i < y.Length; i++)
            y[i] = Source(x[0].Shape, y.Shape, i) is >= 0 and var from ? x[0][from] : value;
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        for (int i = 0; i < dy.Length && dx[0].IsNeeded; i++)
            if (Source(x[0].Shape, dy.Shape, i) is >= 0 and var to)
                dx[0][to] += dy[i];
    }

    int Source(Shape x, Shape y, int i)
    {
        int at = 0, stride = 1;
        for (int axis = x.Rank - 1; axis >= 0; stride *= x[axis], i /= y[axis], axis--)
        {
            int source = TBorder.Source(i % y[axis] - Before[axis], x[axis]);
            if (source < 0)
                return -1;
            at += source * stride;
        }
        return at;
    }
}
