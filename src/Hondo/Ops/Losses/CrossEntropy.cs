using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Softmax and cross-entropy in one, from logits      [rows, classes] , int32 [rows] → []
/// y = −mean ln softmax(x)[label],  dx = (softmax(x) − one-hot(label)) / rows
/// </summary>
public readonly record struct CrossEntropy : IOp
{
    static string IOp.Name => "CrossEntropy";

    static bool IOp.OverwritesGradients => true;

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x is [[var rows, _], [var labels]] && rows == labels
        ? []
        : throw ShapeException.For<CrossEntropy>(x, "give logits [rows, classes] and one label a row, [rows]");

    int IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) => x[0].Size * type.Size;

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        int rows = x[0].Shape[0], classes = x[0].Shape[1];
        ReadOnlySpan<T> logits = x[0].Data;
        ReadOnlySpan<int> labels = x[1].Ints;
        Span<T> softmax = x.Memo<T>();
        double total = 0;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<T> of = logits.Slice(row * classes, classes);
            if ((uint)labels[row] >= (uint)classes)
                throw new ArgumentOutOfRangeException(nameof(x), $"Row {row} of the batch has label {labels[row]}, but there "
                    + $"are {classes} classes, 0 to {classes - 1}. Give the last layer as many outputs as there are classes.");
            total += Softmax.LogSumExp(of, softmax.Slice(row * classes, classes))
                - double.CreateTruncating(of[labels[row]]);
        }
        y[0] = T.CreateTruncating(total / rows);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (!dx[0].IsNeeded)
            return;
        int rows = x[0].Shape[0], classes = x[0].Shape[1];
        ReadOnlySpan<T> softmax = x.Memo<T>();
        ReadOnlySpan<int> labels = x[1].Ints;
        Span<T> into = dx[0].Data;
        T share = dy[0] / T.CreateTruncating(rows);
        bool adds = dx[0].Accumulates;
        for (int row = 0, i = 0; row < rows; row++)
            for (int c = 0; c < classes; c++, i++)
            {
                T gradient = (softmax[i] - (c == labels[row] ? T.One : T.Zero)) * share;
                into[i] = adds ? into[i] + gradient : gradient;
            }
    }
}

/// <summary>Syntax of <see cref="CrossEntropy"/>.</summary>
public static class CrossEntropySyntax
{
    extension(Tensor logits)
    {
        /// <summary>Mean cross-entropy of logits [rows, classes] against int32 labels [rows].</summary>
        public Tensor CrossEntropy(Tensor labels) => Tape.Apply(new CrossEntropy(), logits, labels);
    }
}
