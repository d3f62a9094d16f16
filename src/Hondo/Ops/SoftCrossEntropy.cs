using System.Numerics;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Softmax and cross-entropy in one, against probabilities      [.., classes] , [.., classes] (, weights [classes]) →
/// [] or [..] y = −Σ t w ln softmax(x) over the classes, dx = (softmax(x) Σ t w − t w) · dy
/// </summary>
/// <param name="Reduce">Mean over the rows, sum, or one loss for each row.</param>
/// <param name="Smoothing">The share of the target that is spread over all classes, in [0, 1).</param>
readonly record struct SoftCrossEntropyOp(Reduce Reduce, double Smoothing) : IOp
{
    static string IOp.Name => "CrossEntropy";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x)
    {
        Tensor shares = x[1] * (1 - Smoothing) + Smoothing / x[0].Shape[^1];
        return Compositions.Reduced(Compositions.CrossEntropy(x[0], x.Length > 2 ? shares * x[2] : shares), Reduce);
    }

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x)
    {
        if (x[0].Rank == 0 || x[0][^1] == 0 || x[1] != x[0])
            throw ShapeException.For<SoftCrossEntropyOp>(x,
                "give scores and probabilities of one shape [.., classes], or Int32 labels without the last axis");
        if (x.Length > 2 && x[2] != [x[0][^1]])
            throw ShapeException.For<SoftCrossEntropyOp>(x, $"the weights must be one for each class, [{x[0][^1]}]");
        return Reduce == Reduce.None ? x[0].Without(-1) : [];
    }

    // The softmax, and after it ln Σ eˣ of each row.
    Extent IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) =>
        ((Extent)x[0].Size + x[0].Size / Math.Max(1, x[0][^1])) * type.Size;

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        int classes = x[0].Shape[^1], rows = x[0].Length / classes;
        Span<T> memo = x.Memo<T>();
        double total = 0;
        for (int row = 0, start = 0; row < rows; row++, start += classes)
        {
            ReadOnlySpan<T> scores = x[0].Data.Slice(start, classes);
            double log = Kernels.Softmax.LogSumExp(scores, memo.Slice(start, classes)), loss = 0;
            memo[rows * classes + row] = T.CreateTruncating(log);
            for (int c = 0; c < classes; c++)
                loss += Weighted(x, start + c, c) * (log - double.CreateTruncating(scores[c]));
            total += loss;
            if (Reduce == Reduce.None)
                y[row] = T.CreateTruncating(loss);
        }
        if (Reduce != Reduce.None)
            y[0] = T.CreateTruncating(Reduce == Reduce.Mean ? total / rows : total);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        int classes = x[0].Shape[^1], rows = x[0].Length / classes;
        for (int row = 0; row < rows; row++)
        {
            double share = double.CreateTruncating(dy[Reduce == Reduce.None ? row : 0])
                / (Reduce == Reduce.Mean ? rows : 1);
            if (dx[0].IsNeeded)
                SendToScores(x, row, classes, share, dx[0]);
        }
        for (int row = 0; row < rows && dx[1].IsNeeded; row++)
        {
            double share = double.CreateTruncating(dy[Reduce == Reduce.None ? row : 0])
                / (Reduce == Reduce.Mean ? rows : 1);
            SendToTargets(x, row, rows, classes, share, dx[1]);
        }
    }

    void SendToScores<T>(Operands<T> x, int row, int classes, double share, View<T> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> softmax = x.Memo<T>();
        double total = 0;
        for (int c = 0; c < classes; c++)
            total += Weighted(x, row * classes + c, c);
        for (int c = 0, i = row * classes; c < classes; c++, i++)
        {
            T gradient = T.CreateTruncating(share * (double.CreateTruncating(softmax[i]) * total - Weighted(x, i, c)));
            into[i] = into.Accumulates ? into[i] + gradient : gradient;
        }
    }

    void SendToTargets<T>(Operands<T> x, int row, int rows, int classes, double share, View<T> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double log = double.CreateTruncating(x.Memo<T>()[rows * classes + row]);
        for (int c = 0, i = row * classes; c < classes; c++, i++)
        {
            double weight = (1 - Smoothing) * WeightOf(x, c);
            T gradient = T.CreateTruncating(share * weight * (log - double.CreateTruncating(x[0][i])));
            into[i] = into.Accumulates ? into[i] + gradient : gradient;
        }
    }

    double Weighted<T>(Operands<T> x, int i, int c) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ((1 - Smoothing) * double.CreateTruncating(x[1][i]) + Smoothing / x[0].Shape[^1]) * WeightOf(x, c);

    static double WeightOf<T>(Operands<T> x, int c) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        x.Count > 2 ? double.CreateTruncating(x[2][c]) : 1;
}
