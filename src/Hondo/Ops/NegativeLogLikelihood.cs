using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = −w ln p at the label, from log-probabilities      [.., classes] , int32 [..] (, weights [classes]) → [] or [..]
/// dx = −w dy at the label, else 0. The mean divides by the weights of the labels.
/// </summary>
/// <param name="Reduce">Mean, sum, or one loss for each row.</param>
/// <param name="Ignored">The label of rows that do not count, or null for none.</param>
readonly record struct NegativeLogLikelihoodOp(Reduce Reduce, int? Ignored) : IOp
{
    static string IOp.Name => "NegativeLogLikelihood";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x)
    {
        Tensor labels = Compositions.Labels(x[0], x[1], Ignored);
        Tensor weights = x.Length > 2 ? labels * x[2] : labels;
        return Compositions.Reduced(-(x[0] * weights).Sum(-1), Reduce, weights);
    }

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

/// <summary>Rows of scores with a label each, as losses over classes see them.</summary>
readonly ref struct LabelRows(string loss, Shape scores, ReadOnlySpan<int> labels, int? ignored)
{
    readonly ReadOnlySpan<int> _labels = labels;
    readonly int _classes = scores[^1];

    /// <summary>How many rows there are.</summary>
    public int Count => _labels.Length;

    /// <summary>The label of a row, or −1 when the row does not count.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The label is not one of the classes.</exception>
    public int this[int row]
    {
        get
        {
            int label = _labels[row];
            return label == ignored ? -1 : (uint)label < (uint)_classes ? label : throw Outside(row, label);
        }
    }

    ArgumentOutOfRangeException Outside(int row, int label) =>
        new(nameof(row), $"{loss}: row {row} of the batch has label "
            + $"{label}, but there are {_classes} classes, 0 to {_classes - 1}. Give the last layer as many outputs as "
            + "there are classes, or name the label of rows that do not count as the ignored one.");

    public ReadOnlySpan<T> Of<T>(ReadOnlySpan<T> values, int row) => values.Slice(row * _classes, _classes);

    public Span<T> Of<T>(Span<T> values, int row) => values.Slice(row * _classes, _classes);

    /// <summary>The weights of the labels of all rows that count.</summary>
    public double Weight<T>(ReadOnlySpan<T> weights) where T : unmanaged, INumber<T>
    {
        double total = 0;
        for (int row = 0; row < Count; row++)
            if (_labels[row] != ignored)
                total += WeightOf(weights, _labels[row]);
        return total;
    }

    public static double WeightOf<T>(ReadOnlySpan<T> weights, int label) where T : unmanaged, INumber<T> =>
        weights.IsEmpty ? 1 : double.CreateTruncating(weights[label]);

    /// <summary>The shape of the loss of scores [.., classes] and labels [..].</summary>
    public static Shape Infer<TOp>(ReadOnlySpan<Shape> x, Reduce reduce) where TOp : IOp
    {
        if (x[0].Rank == 0 || x[0][^1] == 0)
            throw ShapeException.For<TOp>(x, "scores need a last axis, the classes");
        Shape rows = x[0].Without(-1);
        if (x[1] != rows)
            throw ShapeException.For<TOp>(x, x[1].Size == rows.Size && rows.Size > 0
                ? $"there is one label for each row, but in another shape: Reshape the labels to {rows}"
                : $"scores {x[0]} need one label a row, {rows}");
        if (x.Length > 2 && x[2] != [x[0][^1]])
            throw ShapeException.For<TOp>(x, $"the weights must be one for each class, [{x[0][^1]}]");
        return reduce == Reduce.None ? rows : [];
    }

    /// <summary>The type of the loss: that of the scores, with Int32 labels.</summary>
    public static DType ResultType<TOp>(ReadOnlySpan<DType> x) where TOp : IOp =>
        x[0].IsFloating && x[1] == DType.Int32 ? x[0] : throw new ArgumentException(
            $"{TOp.Name} takes floating scores and Int32 labels, but got {x[0]} and {x[1]}: convert with x.To(…).");
}

public static partial class TensorExtensions
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
            return Compared.WithWeights(new NegativeLogLikelihoodOp(reduce, ignored), logProbabilities, labels,
                weights);
        }
    }
}
