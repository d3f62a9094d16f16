using System.Globalization;
using System.Text;

namespace Hondo.Training;

/// <summary>What <see cref="RateFinder"/> found: the loss of each step beside its learning rate.</summary>
public sealed class RateCurve
{
    /// <summary>How much of the past stays in the smoothed losses.</summary>
    internal const double Smoothing = 0.9;

    // The first steps are noise, and the last ones the explosion itself.
    const int First = 5;

    internal RateCurve(IReadOnlyList<double> rates, IReadOnlyList<double> losses)
    {
        (Rates, Losses) = (rates, losses);
        Smoothed = Smooth(losses);
        Suggestion = Steepest() is { } place ? rates[place] : null;
    }

    /// <summary>The learning rates, rising.</summary>
    public IReadOnlyList<double> Rates { get; }

    /// <summary>The loss of the batch of each step, before its update.</summary>
    public IReadOnlyList<double> Losses { get; }

    /// <summary>The losses, as a moving average of about ten steps.</summary>
    public IReadOnlyList<double> Smoothed { get; }

    /// <summary>The rate at which the smoothed loss falls steepest; null when it never falls.</summary>
    public double? Suggestion { get; }

    /// <summary>One row for each step, with a header.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder("learning rate,loss,smoothed\n");
        for (int i = 0; i < Rates.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{Rates[i]:R},{Losses[i]:R},{Smoothed[i]:R}\n");
        return text.ToString();
    }

    /// <summary>What was found, in a sentence.</summary>
    public override string ToString()
    {
        string tried = string.Create(CultureInfo.InvariantCulture,
            $"{Rates.Count} learning rates from {Rates[0]:g3} to {Rates[^1]:g3} were tried");
        if (Suggestion is not { } rate)
            return $"{tried}, and the loss fell at none: does the model fit the data? See --overfit-batch.";
        int least = IndexOfLeast();
        return string.Create(CultureInfo.InvariantCulture,
            $"{tried}: the loss falls steepest at {rate:g2} and is least at {Rates[least]:g2}. "
            + $"Take {rate:g2}, or a little less.");
    }

    // s ← w·s + (1 − w)·y, divided by 1 − wᵗ so that its start is not drawn towards 0 (Kingma and Ba 2014, section 3).
    static double[] Smooth(IReadOnlyList<double> losses)
    {
        double sum = 0, weight = 0;
        var smooth = new double[losses.Count];
        for (int i = 0; i < smooth.Length; i++)
        {
            sum = Smoothing * sum + (1 - Smoothing) * losses[i];
            weight = Smoothing * weight + (1 - Smoothing);
            smooth[i] = sum / weight;
        }
        return smooth;
    }

    int IndexOfLeast()
    {
        int least = 0;
        for (int i = 0; i < Smoothed.Count; i++)
            if (Smoothed[i] < Smoothed[least])
                least = i;
        return least;
    }

    // Rates grow by one factor from step to step: differences of neighbours are slopes over the logarithm of the rate.
    int? Steepest()
    {
        int? best = null;
        // What falls less than this is rounding.
        double most = -1e-5 * Math.Abs(Smoothed[0]);
        for (int i = First; i < Math.Min(IndexOfLeast(), Smoothed.Count - 1); i++)
        {
            double slope = (Smoothed[i + 1] - Smoothed[i - 1]) / 2;
            if (slope < most)
                (best, most) = (i, slope);
        }
        return best;
    }
}

/// <summary>
/// Finds a learning rate: the rate grows from step to step by the same factor until the loss explodes; where the loss
/// fell steepest is a good one (Smith 2017, "Cyclical learning rates", arXiv:1506.01186). Model and optimizer are
/// afterwards as before.
/// </summary>
public sealed class RateFinder
{
    // The loss has exploded when it is so many times its least; the first steps show chance rather than the rate.
    const double Explosion = 4;
    const int FewSteps = 10;

    readonly double _from, _to;
    readonly int _steps;

    /// <summary>A search.</summary>
    /// <param name="from">The rate of the first step, above 0.</param>
    /// <param name="to">The rate of the last step, above <paramref name="from"/>.</param>
    /// <param name="steps">How many updates, 20 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public RateFinder(double from = 1e-6, double to = 10, int steps = 120)
    {
        if (!(from > 0 && to > from && double.IsFinite(to)))
            throw new ArgumentOutOfRangeException(nameof(to), to,
                $"The rates go from a number above 0 to a larger one, but were from {from}.");
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2 * FewSteps);
        (_from, _to, _steps) = (from, to, steps);
    }

    /// <summary>Trains for some steps with growing rates, and gives everything back as it was.</summary>
    /// <param name="trainer">Whose model, loss, optimizer and batches are used; its callbacks and its schedule are not.
    /// </param>
    /// <param name="data">The data; only the training part is used.</param>
    /// <param name="cancellation">Ends the search with an <see cref="OperationCanceledException"/>.</param>
    public RateCurve Find(Trainer trainer, DataSplits data, CancellationToken cancellation = default)
    {
        using var rehearsal = new TrialRun(trainer);
        var sweep = new Sweep(this);
        trainer.Optimizer.ContinueAfter(0);
        var search = new Trainer(trainer)
        {
            Callbacks = [sweep],
            Schedule = sweep,
            Epochs = _steps,
            BatchSize = trainer.BatchSize,
            Accumulate = trainer.Accumulate,
            Seed = trainer.Seed,
            Normalization = trainer.Normalization,
            Transform = trainer.Transform,
            Mixes = trainer.Mixes,
        };
        try
        {
            search.Fit(new DataSplits(data.Train), cancellation);
        }
        catch (NonFiniteException) when (sweep.Rates.Count > 0)
        {
            // A rate at which the numbers burst is the end of the search, not a failure.
        }
        return new(sweep.Rates, sweep.Losses);
    }

    double Rate(long step) => _from * Math.Pow(_to / _from, Math.Min(1, step / (_steps - 1.0)));

    sealed class Sweep(RateFinder finder) : Callback, ISchedule
    {
        double _smooth, _share, _least = double.PositiveInfinity;
        long _updates;

        public List<double> Rates { get; } = [];

        public List<double> Losses { get; } = [];

        public double Rate(double learningRate, Progress progress) => finder.Rate(progress.Step);

        protected internal override void OnStepEnd(TrainingRun run)
        {
            if (run.Optimizer.StepCount == _updates)
                return;
            _updates = run.Optimizer.StepCount;
            Rates.Add(run.Optimizer.LearningRate);
            Losses.Add(run.StepLoss);
            _smooth = RateCurve.Smoothing * _smooth + (1 - RateCurve.Smoothing) * run.StepLoss;
            _share = RateCurve.Smoothing * _share + 1 - RateCurve.Smoothing;
            _least = Math.Min(_least, _smooth / _share);
            if (Rates.Count == finder._steps)
                run.Stop("all rates were tried");
            else if (Rates.Count > FewSteps && _smooth / _share > Explosion * _least)
                run.Stop("the loss exploded");
        }
    }
}
