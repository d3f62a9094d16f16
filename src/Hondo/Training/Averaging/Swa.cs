using Hondo.Tensors;

namespace Hondo.Training;

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
