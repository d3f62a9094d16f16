using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = max(0, m − a b) for a target b of −1 or 1      da = −b dy, db = −a dy where it is above 0   (Cortes &amp;
/// Vapnik 1995)
/// </summary>
/// <param name="Margin">m.</param>
readonly record struct HingeErrorFormula(double Margin) : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Hinge";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => V.Max(V.Create(Margin) - a * b, V.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(V.Create(Margin), a * b), -b * dy, V.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(V.Create(Margin), a * b), -a * dy, V.Zero);
}

/// <summary>y = a where b is 1, max(0, m − a) where it is −1      da = ±dy or 0</summary>
/// <param name="Margin">m.</param>
readonly record struct HingeEmbeddingErrorFormula(double Margin) : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "HingeEmbedding";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(b, V.Zero), a, V.Max(V.Create(Margin) - a, V.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V>
    {
        V ofOthers = V.Select(V.GreaterThan(V.Create(Margin), a), -dy, V.Zero);
        return V.Select(V.GreaterThan(b, V.Zero), dy, ofOthers);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => V.Zero;
}

/// <summary>
/// y = Σ max(0, m − x[label] + x[c]) / classes over the other classes c      [.., classes] , int32 [..] → [] or [..]
/// dx = dy / classes at each class that is too close, minus as many times that at the label (Weston &amp; Watkins 1999)
/// </summary>
/// <param name="Margin">m.</param>
/// <param name="Reduce">Mean, sum, or one loss for each row.</param>
readonly record struct MulticlassHingeOp(double Margin, Reduce Reduce) : IOp
{
    static string IOp.Name => "MulticlassHinge";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x)
    {
        Tensor labels = Compositions.Labels(x[0], x[1], null);
        Tensor apart = (x[0] - (x[0] * labels).Sum(-1, keepDims: true) + Margin).Relu();
        return Compositions.Reduced((apart * (1 - labels)).Mean(-1), Reduce);
    }

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => LabelRows.Infer<MulticlassHingeOp>(x, Reduce);

    DType IOp.ResultType(ReadOnlySpan<DType> x) => LabelRows.ResultType<MulticlassHingeOp>(x);

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var rows = new LabelRows("MulticlassHinge", x[0].Shape, x[1].Ints, null);
        int classes = x[0].Shape[^1];
        double total = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            ReadOnlySpan<T> scores = rows.Of((ReadOnlySpan<T>)x[0].Data, row);
            int label = rows[row];
            T least = scores[label] - T.CreateTruncating(Margin);
            double loss = 0;
            for (int c = 0; c < classes; c++)
                if (c != label)
                    loss += double.CreateTruncating(T.Max(scores[c] - least, T.Zero));
            total += loss / classes;
            if (Reduce == Reduce.None)
                y[row] = T.CreateTruncating(loss / classes);
        }
        if (Reduce != Reduce.None)
            y[0] = T.CreateTruncating(Reduce == Reduce.Mean ? total / rows.Count : total);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        var rows = new LabelRows("MulticlassHinge", x[0].Shape, x[1].Ints, null);
        int classes = x[0].Shape[^1];
        T divisor = T.CreateTruncating(Reduce == Reduce.Mean ? (double)classes * rows.Count : classes);
        for (int row = 0; row < rows.Count; row++)
        {
            ReadOnlySpan<T> scores = rows.Of((ReadOnlySpan<T>)x[0].Data, row);
            Span<T> into = rows.Of(dx[0].Data, row);
            int label = rows[row];
            T share = dy[Reduce == Reduce.None ? row : 0] / divisor, least = scores[label] - T.CreateTruncating(Margin);
            for (int c = 0; c < classes; c++)
                if (c != label && scores[c] > least)
                {
                    into[c] += share;
                    into[label] -= share;
                }
        }
    }
}

public static partial class TensorExtensions
{
    extension(Tensor scores)
    {
        /// <summary>max(0, margin − score · target): right scores with a margin cost nothing.</summary>
        /// <param name="target">−1 or 1, in the same shape.</param>
        /// <param name="margin">The margin.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor Hinge(Tensor target, double margin = 1, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new HingeErrorFormula(margin), scores, target, reduce);

        /// <summary>How far other classes' scores come within a margin of the right one's, or above it.</summary>
        /// <param name="labels">Int32 labels [..].</param>
        /// <param name="margin">The margin.</param>
        /// <param name="reduce">Mean or sum over the rows, or one loss for each.</param>
        public Tensor MulticlassHinge(Tensor labels, double margin = 1, Reduce reduce = Reduce.Mean) =>
            Tape.Apply(new MulticlassHingeOp(margin, reduce), scores, labels);
    }

    extension(Tensor distances)
    {
        /// <summary>
        /// Of distances: small ones are wanted where the target is 1, ones above the margin where it is −1.
        /// </summary>
        /// <param name="target">−1 or 1, in the same shape.</param>
        /// <param name="margin">The margin.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor HingeEmbedding(Tensor target, double margin = 1, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new HingeEmbeddingErrorFormula(margin), distances, target, reduce);
    }
}
