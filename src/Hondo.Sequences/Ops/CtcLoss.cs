using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Connectionist temporal classification (Graves et al. 2006, "Labelling unsegmented sequence data")   y = −ln Σ p over
/// all alignments of the labels      [batch, time, classes] , int32 [batch, labels] , two int32 [batch] → [] or [batch]
/// dx = −P(class at step | labels) · dy, from log-probabilities x. The mean divides each loss by its labels first.
/// </summary>
/// <param name="Blank">The class that says nothing.</param>
/// <param name="Reduce">Mean, sum, or one loss for each sequence.</param>
/// <param name="ZeroInfinity">True makes the loss of labels that no alignment fits 0 instead of +∞; their gradient is
/// 0 in any case.</param>
readonly record struct CtcLossOp(int Blank, Reduce Reduce, bool ZeroInfinity) : IOp, IDifferencedOp
{
    static string IOp.Name => "CtcLoss";

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x)
    {
        if (x is not [[var batch, _, var classes], [var rows, _], [var times], [var counts]] || rows != batch
            || times != batch || counts != batch)
            throw ShapeException.For<CtcLossOp>(x, "it needs log-probabilities [batch, time, classes], labels [batch, "
                + "most labels], and how many steps and labels each sequence has, both [batch]");
        return (uint)Blank < (uint)classes ? Reduce == Reduce.None ? [batch] : []
            : throw ShapeException.For<CtcLossOp>(x, $"the blank must be one of the {classes} classes, but is {Blank}");
    }

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0].IsFloating && x[1..].IndexOfAnyExcept(DType.Int32) < 0 ? x[0]
        : throw new ArgumentException("CtcLoss takes floating log-probabilities and Int32 labels, steps and counts, "
            + $"but got {string.Join(", ", x.ToArray())}: convert with x.To(…).");

    Extent IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) =>
        sizeof(double) * (Extent)x[0][0] * (1 + (Extent)x[0][1] * (2 * (Extent)x[1][1] + 1));

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        CtcSizes sizes = SizesOf(x);
        Check(sizes, x[1].Ints, x[2].Ints, x[3].Ints);
        Span<double> memo = x.Memo<double>();
        Ctc.Forward(sizes, (ReadOnlySpan<T>)x[0].Data, x[1].Ints, x[2].Ints, x[3].Ints, memo[sizes.Batch..],
            memo[..sizes.Batch]);
        double total = 0;
        for (int row = 0; row < sizes.Batch; row++)
        {
            double loss = ZeroInfinity && double.IsNegativeInfinity(memo[row]) ? 0 : -memo[row];
            total += loss * Share(x[3].Ints[row], sizes.Batch);
            if (Reduce == Reduce.None)
                y[row] = T.CreateTruncating(loss);
        }
        if (Reduce != Reduce.None)
            y[0] = T.CreateTruncating(total);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (!dx[0].IsNeeded)
            return;
        CtcSizes sizes = SizesOf(x);
        Span<double> memo = x.Memo<double>(), shares = Scratch.Sequence<double>(sizes.Batch);
        for (int row = 0; row < sizes.Batch; row++)
            shares[row] = double.CreateTruncating(dy[Reduce == Reduce.None ? row : 0])
                * Share(x[3].Ints[row], sizes.Batch);
        Ctc.Backward(sizes, (ReadOnlySpan<T>)x[0].Data, x[1].Ints, x[2].Ints, x[3].Ints, memo[sizes.Batch..],
            memo[..sizes.Batch], shares, dx[0].Data);
    }

    double Share(int labels, int batch) => Reduce == Reduce.Mean ? 1.0 / (batch * Math.Max(1, labels)) : 1;

    CtcSizes SizesOf<T>(Operands<T> x) where T : unmanaged =>
        new(x[0].Shape[0], x[0].Shape[1], x[0].Shape[2], x[1].Shape[1], Blank);

    static void Check(CtcSizes sizes, ReadOnlySpan<int> labels, ReadOnlySpan<int> times, ReadOnlySpan<int> counts)
    {
        for (int row = 0; row < sizes.Batch; row++)
        {
            if ((uint)times[row] > (uint)sizes.Time || (uint)counts[row] > (uint)sizes.Labels)
                throw new ArgumentOutOfRangeException(nameof(times), $"CtcLoss: sequence {row} of the batch has "
                    + $"{times[row]} steps and {counts[row]} labels, but there is room for {sizes.Time} and "
                    + $"{sizes.Labels}: give the numbers before padding.");
            foreach (int label in labels.Slice(row * sizes.Labels, counts[row]))
                if ((uint)label >= (uint)sizes.Classes || label == sizes.Blank)
                    throw new ArgumentOutOfRangeException(nameof(labels), $"CtcLoss: sequence {row} of the batch has "
                        + $"label {label}, but labels are 0 to {sizes.Classes - 1} without the blank, {sizes.Blank}. "
                        + "Number the classes again, or choose another blank.");
        }
    }
}

/// <summary>The loss of sequences whose alignment nobody knows.</summary>
public static class CtcExtensions
{
    extension(Tensor logProbabilities)
    {
        /// <summary>−ln p of label sequences whose places in time nobody knows (Graves et al. 2006), from a log-softmax
        /// [batch, time, classes].</summary>
        /// <param name="labels">Int32 labels [batch, most labels]; what stands behind a sequence's own is not read.
        /// </param>
        /// <param name="steps">How many steps each sequence has, int32 [batch].</param>
        /// <param name="counts">How many labels each sequence has, int32 [batch].</param>
        /// <param name="blank">The class that says nothing.</param>
        /// <param name="reduce">Mean (each loss divided by its labels), sum, or one loss for each sequence.</param>
        /// <param name="zeroInfinity">True makes the loss of labels that do not fit into the steps 0 instead of +∞.
        /// </param>
        /// <exception cref="ShapeException">The shapes do not fit.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A label is no class or is the blank, or a number of steps or
        /// labels is outside the padded ones.</exception>
        public Tensor CtcLoss(Tensor labels, Tensor steps, Tensor counts, int blank = 0, Reduce reduce = Reduce.Mean,
            bool zeroInfinity = false)
        {
            Compared.RefuseActivated("CtcLoss", logProbabilities, "Softmax");
            return Tape.Apply(new CtcLossOp(blank, reduce, zeroInfinity), logProbabilities, labels, steps, counts);
        }
    }
}
