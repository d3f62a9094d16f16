using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = −w ln p at the label, from log-probabilities      [.., classes] , int32 [..] (, weights [classes]) → [] or [..]
/// dx = −w dy at the label, else 0. The mean divides by the weights of the labels.
/// </summary>
/// <param name="Reduce">Mean, sum, or one loss for each row.</param>
/// <param name="Ignored">The label of rows that do not count, or null for none.</param>
public readonly record struct NegativeLogLikelihoodOp(Reduce Reduce, int? Ignored) : IOp
{
    static string IOp.Name => "NegativeLogLikelihood";

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => LabelRows.Infer<NegativeLogLikelihoodOp>(x, Reduce);

    DType IOp.ResultType(ReadOnlySpan<DType> x) => LabelRows.ResultType<NegativeLogLikelihoodOp>(x);

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var rows = new LabelRows("NegativeLogLikelihood", x[0].Shape, x[1].Ints, Ignored);
        ReadOnlySpan<T> weights = x.Count > 2 ? x[2].Data : [];
        double total = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            int label = rows[row];
            double loss = label < 0 ? 0 : -LabelRows.WeightOf(weights, label)
                * double.CreateTruncating(rows.Of((ReadOnlySpan<T>)x[0].Data, row)[label]);
            total += loss;
            if (Reduce == Reduce.None)
                y[row] = T.CreateTruncating(loss);
        }
        if (Reduce != Reduce.None)
            y[0] = T.CreateTruncating(Reduce == Reduce.Sum || total == 0 ? total : total / rows.Weight(weights));
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (!dx[0].IsNeeded)
            return;
        var rows = new LabelRows("NegativeLogLikelihood", x[0].Shape, x[1].Ints, Ignored);
        ReadOnlySpan<T> weights = x.Count > 2 ? x[2].Data : [];
        double divisor = Reduce == Reduce.Mean ? Math.Max(rows.Weight(weights), double.Epsilon) : 1;
        for (int row = 0; row < rows.Count; row++)
            if (rows[row] is >= 0 and var label)
                rows.Of(dx[0].Data, row)[label] -= T.CreateTruncating(LabelRows.WeightOf(weights, label)
                    * double.CreateTruncating(dy[Reduce == Reduce.None ? row : 0]) / divisor);
    }
}

/// <summary>Syntax of <see cref="Hondo.Ops.NegativeLogLikelihoodOp"/>.</summary>
public static class NegativeLogLikelihoodSyntax
{
    extension(Tensor logProbabilities)
    {
        /// <summary>−ln p at the labels, from log-probabilities such as a log-softmax gives.</summary>
        /// <param name="labels">Int32 labels [..].</param>
        /// <param name="weights">One weight for each class [classes], or null for equal ones.</param>
        /// <param name="ignored">The label of rows that do not count.</param>
        /// <param name="reduce">Mean (by the weights of the labels), sum, or one loss for each row.</param>
        public Tensor NegativeLogLikelihood(
            Tensor labels, Tensor? weights = null, int? ignored = null, Reduce reduce = Reduce.Mean)
        {
            Compared.RefuseActivated("NegativeLogLikelihood", logProbabilities, "Softmax");
            return Compared.WithWeights(new NegativeLogLikelihoodOp(reduce, ignored), logProbabilities, labels, weights);
        }
    }
}
