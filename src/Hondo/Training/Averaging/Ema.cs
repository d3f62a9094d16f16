using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>
/// The exponential moving average of the weights   a ← d·a + (1 − d)·w,  divided by 1 − dⁿ   (Polyak and Juditsky 1992;
/// the correction of the start as in Kingma and Ba 2014, arXiv:1412.6980): about the last 1/(1 − d) updates count, and
/// from the first on it is an average of weights, never of zeros.
/// </summary>
public sealed class Ema : IWeightAverage
{
    readonly double _decay;

    /// <summary>A moving average.</summary>
    /// <param name="decay">d, the share of the average that is kept, from 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside.</exception>
    public Ema(double decay = 0.999) => _decay = Optimizers.Fraction.Checked(decay, nameof(decay));

    /// <inheritdoc/>
    public bool MeasuresStatistics => false;

    /// <inheritdoc/>
    public bool Counts(TrainingRun run, long previous) => true;

    // a/(1 − dⁿ) itself moves by this share.
    /// <inheritdoc/>
    public double Share(long n) => (1 - _decay) / (1 - Math.Pow(_decay, n));

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Ema").Add("decay", _decay, 0.999).ToString();
}
