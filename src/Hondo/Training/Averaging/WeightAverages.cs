using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>How weights are averaged in the course of training; <see cref="WeightAverage"/> does it.</summary>
public interface IWeightAverage
{
    /// <summary>True when the weights after this update count.</summary>
    /// <param name="run">The training, after an update.</param>
    /// <param name="previous">The step of the update before it, 0 for none.</param>
    bool Counts(TrainingRun run, long previous);

    /// <summary>How far the average goes towards the n-th weights that count, from 0 to 1; 1 for the first.</summary>
    double Share(long n);

    /// <summary>
    /// True when the statistics of batch norms are measured anew over the training part before the average is used;
    /// false when they are averaged as the weights are.
    /// </summary>
    bool MeasuresStatistics { get; }
}

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

/// <summary>
/// Stochastic weight averaging   a ← a + (w − a)/n: the plain mean of the weights at the ends of the last epochs, with
/// the statistics of batch norms measured anew (Izmailov et al. 2018, arXiv:1803.05407). It wants a learning rate that
/// stays high.
/// </summary>
public sealed class Swa : IWeightAverage
{
    readonly double _start, _every;

    /// <summary>A mean of weights.</summary>
    /// <param name="start">After how many epochs the first weights count, from 0; 7.5 is halfway through the 8th.
    /// </param>
    /// <param name="every">After how many epochs each next ones count, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Swa(double start, double every = 1)
    {
        if (!(start >= 0 && double.IsFinite(start)))
            throw new ArgumentOutOfRangeException(nameof(start), start, "Swa starts after a number of epochs from 0.");
        (_start, _every) = (start, Optimizers.Fraction.Positive(every, nameof(every)));
    }

    /// <summary>After how many epochs the first weights count.</summary>
    public double Start => _start;

    /// <inheritdoc/>
    public bool MeasuresStatistics => true;

    /// <inheritdoc/>
    public bool Counts(TrainingRun run, long previous) => Place(run, run.Step) > Place(run, previous);

    /// <inheritdoc/>
    public double Share(long n) => 1.0 / n;

    // How many times weights were due up to a step; those before the first step are no weights that training found.
    long Place(TrainingRun run, long step)
    {
        long first = Math.Max(1, (long)Math.Round(_start * run.StepsPerEpoch));
        return step < first ? 0 : 1 + (step - first) / Math.Max(1, (long)Math.Round(_every * run.StepsPerEpoch));
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Swa").Add(_start).Add("every", _every, 1).ToString();
}

/// <summary>The averages of weights that a text can name.</summary>
public static class AverageCatalog
{
    /// <summary>All of them; a new one is one line here.</summary>
    public static Catalog<IWeightAverage> All { get; } = new("average of weights",
    [
        new("Ema(decay: 0.999)", a => new Ema(a.Number("decay"))),
        new("Swa(start, every: 1)", a => new Swa(a.Number("start"), a.Number("every"))),
    ]);
}
