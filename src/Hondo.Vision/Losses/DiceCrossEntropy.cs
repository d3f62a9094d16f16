using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Losses;

/// <summary>
/// −mean ln p[label] + w · (1 − mean over the classes of 2 Σ p·t / (Σ p + Σ t)), p = softmax of the scores: the
/// cross-entropy of every pixel, and the Dice coefficient of whole classes, without which a rare one counts nothing.
/// Sums go over all pixels of a batch; a class that has none in it does not count. Scores [.., classes], labels [..],
/// −1 where none counts. (Milletari et al. 2016, arXiv:1606.04797; the sum of both: Isensee et al. 2018,
/// arXiv:1809.10486)
/// </summary>
public sealed class DiceCrossEntropy : Loss
{
    readonly double _dice;

    /// <summary>A loss for masks.</summary>
    /// <param name="dice">w, from 0: how much the Dice part counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative.</exception>
    public DiceCrossEntropy(double dice = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(dice);
        _dice = dice;
    }

    /// <inheritdoc/>
    public override string Name => "cross-entropy and Dice";

    /// <inheritdoc/>
    public override TargetKind Target => TargetKind.Labels;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target)
    {
        if (output.Shape.Rank < 2 || output.Shape.Without(-1) != target.Shape)
            throw new ShapeException($"DiceCrossEntropy got scores {output.Shape} and labels {target.Shape}: it needs "
                + "a score for each class of each pixel, [.., classes], as unet gives, and a label for each, [..].");
        Tensor cross = output.CrossEntropy(target, ignored: -1);
        if (_dice == 0)
            return cross;
        Tensor counts = (target >= 0).To(output.DType).Unsqueeze(-1);
        Tensor truth = (target * (target >= 0)).OneHot(output.Shape[^1], output.DType) * counts;
        Tensor guess = output.Softmax() * counts;
        int[] pixels = [.. Enumerable.Range(0, output.Shape.Rank - 1)];
        Tensor occurs = (truth.Sum(pixels) > 0).To(output.DType);
        Tensor dice = (guess * truth).Sum(pixels) * 2 / (guess.Sum(pixels) + truth.Sum(pixels));
        return cross + (1 - (dice * occurs).Sum() / occurs.Sum()) * _dice;
    }

    /// <summary>Probabilities: the softmax of the scores.</summary>
    public override Tensor Predict(Tensor output) => output.Softmax();

    /// <inheritdoc/>
    public override IReadOnlyList<IMetric> Metrics() => [new MeanIoU(), new Accuracy()];

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("DiceCrossEntropy").Add("dice", _dice, 1).ToString();
}
