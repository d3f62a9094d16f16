using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Ops;

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
