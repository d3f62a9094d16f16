using System.Buffers;
using System.Numerics;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = γ·x̂ + β,   x̂ = (x − μ) / √(σ² + ε), μ and σ² over the last axes   (Ba et al. 2016, arXiv:1607.06450)
/// [rows.., features..] (, γ [features..], β [features..]) → the same, each row by itself
/// dx = (g − mean(g) − x̂·mean(g·x̂)) / √(σ² + ε) with g = γ·dy,   dγ = Σ dy·x̂,   dβ = Σ dy
/// </summary>
/// <param name="Axes">How many of the last axes are normalized together.</param>
/// <param name="Epsilon">ε, which keeps a row that never changes from being divided by 0.</param>
readonly record struct LayerNormOp(int Axes, double Epsilon) : IOp
{
    static string IOp.Name => "LayerNorm";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x) => NormRows.Compose(x, Axes, Epsilon, centers: true);

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => NormRows.Infer<LayerNormOp>(x, Axes);

    Extent IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) => NormRows.MemoBytes(x[0], Axes, type);

    void IOp.Forward<T>(Operands<T> x, View<T> y) => NormRows.Forward(x, Axes, true, Epsilon, y);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) =>
        NormRows.Backward(x, Axes, true, dy, dx);
}

/// <summary>
/// y = γ·x̂,   x̂ = x / √(mean(x²) + ε) over the last axes   (Zhang and Sennrich 2019, arXiv:1910.07467)
/// [rows.., features..] (, γ [features..]) → the same, each row by itself
/// dx = (g − x̂·mean(g·x̂)) / √(mean(x²) + ε) with g = γ·dy,   dγ = Σ dy·x̂
/// </summary>
/// <param name="Axes">How many of the last axes are normalized together.</param>
/// <param name="Epsilon">ε, which keeps a row that never changes from being divided by 0.</param>
readonly record struct RmsNormOp(int Axes, double Epsilon) : IOp
{
    static string IOp.Name => "RmsNorm";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x) => NormRows.Compose(x, Axes, Epsilon, centers: false);

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => NormRows.Infer<RmsNormOp>(x, Axes);

    Extent IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) => NormRows.MemoBytes(x[0], Axes, type);

    void IOp.Forward<T>(Operands<T> x, View<T> y) => NormRows.Forward(x, Axes, false, Epsilon, y);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) =>
        NormRows.Backward(x, Axes, false, dy, dx);
}

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

    public static Tensor Compose(ReadOnlySpan<Tensor> x, int axes, double epsilon, bool centers)
    {
        int features = Features(x[0].Shape, axes);
        Tensor rows = x[0].Reshape([x[0].Size / features, features]);
        return Compositions.Scaled(Compositions.Standardize(rows, [1], epsilon, centers).Reshape(x[0].Shape), x[1..]);
    }

    public static Extent MemoBytes(Shape x, int axes, DType type) =>
        2 * (Extent)x.SizeBefore(x.Rank - axes) * type.Size;

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

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>Layer norm over the last axes.</summary>
        /// <param name="scale">γ, as long as the last axes, or null for 1.</param>
        /// <param name="shift">β; given exactly when <paramref name="scale"/> is.</param>
        /// <param name="axes">How many of the last axes are normalized together, without γ.</param>
        /// <param name="epsilon">ε.</param>
        public Tensor LayerNorm(Tensor? scale = null, Tensor? shift = null, int axes = 1, double epsilon = 1e-5) =>
            scale is { } gamma && shift is { } beta
                ? Tape.Apply(new LayerNormOp(gamma.Shape.Rank, epsilon), x, gamma, beta)
                : Tape.Apply(new LayerNormOp(axes, epsilon), x);

        /// <summary>RMS norm over the last axes.</summary>
        /// <param name="scale">γ, as long as the last axes, or null for 1.</param>
        /// <param name="axes">How many of the last axes are normalized together, without γ.</param>
        /// <param name="epsilon">ε.</param>
        public Tensor RmsNorm(Tensor? scale = null, int axes = 1, double epsilon = 1e-6) => scale is { } gamma
            ? Tape.Apply(new RmsNormOp(gamma.Shape.Rank, epsilon), x, gamma)
            : Tape.Apply(new RmsNormOp(axes, epsilon), x);
    }
}
