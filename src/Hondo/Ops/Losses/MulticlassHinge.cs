using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = Σ max(0, m − x[label] + x[c]) / classes over the other classes c      [.., classes] , int32 [..] → [] or [..]
/// dx = dy / classes at each class that is too close, minus as many times that at the label (Weston &amp; Watkins 1999)
/// </summary>
/// <param name="Margin">m.</param>
/// <param name="Reduce">Mean, sum, or one loss for each row.</param>
public readonly record struct MulticlassHingeOp(double Margin, Reduce Reduce) : IOp
{
    static string IOp.Name => "MulticlassHinge";

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
        if (!dx[0].IsNeeded)
            return;
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

/// <summary>Syntax of <see cref="Hondo.Ops.MulticlassHingeOp"/>.</summary>
public static class MulticlassHingeSyntax
{
    extension(Tensor scores)
    {
        /// <summary>How far other classes' scores come within a margin of the right one's, or above it.</summary>
        /// <param name="labels">Int32 labels [..].</param>
        /// <param name="margin">The margin.</param>
        /// <param name="reduce">Mean or sum over the rows, or one loss for each.</param>
        public Tensor MulticlassHinge(Tensor labels, double margin = 1, Reduce reduce = Reduce.Mean) =>
            Tape.Apply(new MulticlassHingeOp(margin, reduce), scores, labels);
    }
}
