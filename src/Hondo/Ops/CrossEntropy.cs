using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Softmax and cross-entropy in one, from raw scores      [.., classes] , int32 [..] (, weights [classes]) → [] or [..]
/// y = −Σ t ln softmax(x) over the classes, with t the weight at the label, smoothed: (1 − s) there and s / classes
/// everywhere. dx = (softmax(x) Σ t − t) · dy. The mean divides by the weights of the labels.
/// </summary>
/// <param name="Reduce">Mean, sum, or one loss for each row.</param>
/// <param name="Smoothing">s, in [0, 1): the share spread over all classes (Szegedy et al. 2015,
/// arXiv:1512.00567).</param>
/// <param name="Ignored">The label of rows that do not count, or null for none.</param>
readonly record struct CrossEntropyOp(Reduce Reduce, double Smoothing, int? Ignored) : IOp
{
    static string IOp.Name => "CrossEntropy";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x)
    {
        Tensor labels = Compositions.Labels(x[0], x[1], Ignored), counts = labels.Sum(-1, keepDims: true);
        Tensor weights = x.Length > 2 ? x[2] : Tensor.Ones([], x[0].DType);
        Tensor shares = (labels * (1 - Smoothing) + counts * (Smoothing / x[0].Shape[^1])) * weights;
        return Compositions.Reduced(Compositions.CrossEntropy(x[0], shares), Reduce, labels * weights);
    }

    static bool IOp.OverwritesGradients => true;

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => LabelRows.Infer<CrossEntropyOp>(x, Reduce);

    DType IOp.ResultType(ReadOnlySpan<DType> x) => LabelRows.ResultType<CrossEntropyOp>(x);

    Extent IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) => (Extent)x[0].Size * type.Size;

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var rows = new LabelRows("CrossEntropy", x[0].Shape, x[1].Ints, Ignored);
        ReadOnlySpan<T> weights = x.Count > 2 ? x[2].Data : [];
        ReadOnlySpan<T> scores = x[0].Data;
        double total = 0;
        Span<double> logs = Scratch.Sequence<double>(rows.Count);
        Softmax.LogSumExp(scores, x[0].Shape[^1], x.Memo<T>(), logs);
        for (int row = 0; row < rows.Count; row++)
        {
            int label = rows[row];
            double loss = label < 0 ? 0 : RowLoss(rows.Of(scores, row), label, weights, logs[row]);
            total += loss;
            if (Reduce == Reduce.None)
                y[row] = T.CreateTruncating(loss);
        }
        if (Reduce != Reduce.None)
            y[0] = T.CreateTruncating(Reduce == Reduce.Sum || total == 0 ? total : total / rows.Weight(weights));
    }

    double RowLoss<T>(ReadOnlySpan<T> scores, int label, ReadOnlySpan<T> weights, double log)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        double loss = (1 - Smoothing) * LabelRows.WeightOf(weights, label)
            * (log - double.CreateTruncating(scores[label]));
        if (Smoothing > 0)
            for (int c = 0; c < scores.Length; c++)
                loss += Smoothing / scores.Length * LabelRows.WeightOf(weights, c)
                    * (log - double.CreateTruncating(scores[c]));
        return loss;
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (!dx[0].IsNeeded)
            return;
        var rows = new LabelRows("CrossEntropy", x[0].Shape, x[1].Ints, Ignored);
        ReadOnlySpan<T> weights = x.Count > 2 ? x[2].Data : [];
        double divisor = Reduce == Reduce.Mean ? Math.Max(rows.Weight(weights), double.Epsilon) : 1;
        if (Reduce != Reduce.None && Smoothing == 0 && Ignored is null && weights.IsEmpty)
        {
            SendAll(x.Memo<T>(), x[1].Ints, double.CreateTruncating(dy[0]) / divisor, dx[0]);
            return;
        }
        for (int row = 0; row < rows.Count; row++)
        {
            Span<T> into = rows.Of(dx[0].Data, row);
            double share = double.CreateTruncating(dy[Reduce == Reduce.None ? row : 0]) / divisor;
            if (rows[row] >= 0)
                SendRow(rows.Of((ReadOnlySpan<T>)x.Memo<T>(), row), rows[row], weights, share, into, dx[0].Accumulates);
            else if (!dx[0].Accumulates)
                into.Clear();
        }
    }

    // The usual case, all rows in one pass: ten classes a call would cost more than their numbers.
    static void SendAll<T>(ReadOnlySpan<T> softmax, ReadOnlySpan<int> labels, double share, View<T> dx)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        Span<T> into = dx.Data;
        if (dx.Accumulates)
            Loops.Accumulate(new Scale(share), softmax, into);
        else
            Loops.Map(new Scale(share), softmax, into);
        int classes = dx.Shape[^1];
        for (int row = 0; row < labels.Length; row++)
            into[row * classes + labels[row]] -= T.CreateTruncating(share);
    }

    void SendRow<T>(
        ReadOnlySpan<T> softmax, int label, ReadOnlySpan<T> weights, double share, Span<T> dx, bool accumulates)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        double spread = Smoothing / softmax.Length, atLabel = (1 - Smoothing) * LabelRows.WeightOf(weights, label);
        double total = atLabel;
        if (spread > 0)
            for (int c = 0; c < softmax.Length; c++)
                total += spread * LabelRows.WeightOf(weights, c);
        if (accumulates)
            Loops.Accumulate(new Scale(share * total), softmax, dx);
        else
            Loops.Map(new Scale(share * total), softmax, dx);
        if (spread > 0)
            for (int c = 0; c < softmax.Length; c++)
                dx[c] -= T.CreateTruncating(share * spread * LabelRows.WeightOf(weights, c));
        dx[label] -= T.CreateTruncating(share * atLabel);
    }
}

public static partial class TensorExtensions
{
    extension(Tensor scores)
    {
        /// <summary>Cross-entropy of raw scores [.., classes], without a softmax before it.</summary>
        /// <param name="target">Int32 labels [..], or probabilities or one-hot rows [.., classes].</param>
        /// <param name="weights">One weight for each class [classes], or null for equal ones.</param>
        /// <param name="smoothing">The share of the target that is spread over all classes, in [0, 1).</param>
        /// <param name="ignored">The label of rows that do not count, e.g. −100.</param>
        /// <param name="reduce">Mean (by the weights of the labels), sum, or one loss for each row.</param>
        /// <exception cref="InvalidOperationException">The scores are the result of a softmax.</exception>
        /// <exception cref="ShapeException">Scores and target do not fit.</exception>
        public Tensor CrossEntropy(Tensor target, Tensor? weights = null, double smoothing = 0, int? ignored = null,
            Reduce reduce = Reduce.Mean)
        {
            Compared.RefuseActivated("CrossEntropy", scores, "Softmax");
            if (!(smoothing is >= 0 and < 1))
                throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing,
                    "CrossEntropy's smoothing is the share "
                    + "of the target that is spread over all classes: give at least 0 and less than 1.");
            if (target.DType != DType.Int32)
                return Compared.WithWeights(new SoftCrossEntropyOp(reduce, smoothing), scores, target, weights);
            return Compared.WithWeights(new CrossEntropyOp(reduce, smoothing, ignored), scores, target, weights);
        }
    }
}
