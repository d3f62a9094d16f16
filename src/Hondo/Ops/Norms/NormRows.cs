using System.Buffers;
using System.Numerics;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>What layer norm and RMS norm share. Operands are x and perhaps γ and β; the memo keeps two numbers a row.
/// </summary>
static class NormRows
{
    public static Shape Infer<TOp>(ReadOnlySpan<Shape> x, int axes) where TOp : IOp
    {
        if (axes < 1 || axes > x[0].Rank || x[0].Size == 0)
            throw ShapeException.For<TOp>(x, $"x needs at least {Math.Max(1, axes)} axes and one number");
        foreach (Shape other in x[1..])
            if (other != x[0].Slice(x[0].Rank - axes, axes))
                throw ShapeException.For<TOp>(x, "scale and shift must have the shape of x's last axes");
        return x[0];
    }

    public static int MemoBytes(Shape x, int axes, DType type) => checked(2 * x.SizeBefore(x.Rank - axes) * type.Size);

    public static void Forward<T>(Operands<T> x, int axes, bool centers, double epsilon, View<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Kernel(x, axes, centers).Forward(x[0].Data, Operand(x, 1), Operand(x, 2), epsilon, y.Data, x.Memo<T>());

    public static void Backward<T>(Operands<T> x, int axes, bool centers, View<T> dy, Operands<T> dx)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int features = Features(x[0].Shape, axes);
        bool isLearned = (dx.Count > 1 && dx[1].IsNeeded) || (dx.Count > 2 && dx[2].IsNeeded);
        T[] rented = ArrayPool<T>.Shared.Rent(2 * features);
        Span<T> sums = isLearned ? rented.AsSpan(0, 2 * features) : default;
        Kernel(x, axes, centers).Backward(x[0].Data, Operand(x, 1), x.Memo<T>(), dy.Data,
            dx[0].IsNeeded ? dx[0].Data : default, dx[0].Accumulates, sums);
        for (int i = 1; i < dx.Count; i++)
            if (dx[i].IsNeeded)
                Send(sums.Slice((i - 1) * features, features), dx[i]);
        ArrayPool<T>.Shared.Return(rented);
    }

    static void Send<T>(ReadOnlySpan<T> sum, View<T> into) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> data = into.Data;
        for (int i = 0; i < data.Length; i++)
            data[i] = into.Accumulates ? data[i] + sum[i] : sum[i];
    }

    static RowNormalization<T> Kernel<T>(Operands<T> x, int axes, bool centers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int features = Features(x[0].Shape, axes);
        return new(x[0].Length / features, features, centers);
    }

    static int Features(Shape x, int axes) => x.Size / x.SizeBefore(x.Rank - axes);

    static ReadOnlySpan<T> Operand<T>(Operands<T> x, int i)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => x.Count > i ? x[i].Data : default;
}
