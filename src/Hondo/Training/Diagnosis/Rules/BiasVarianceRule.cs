using Hondo.Data;
using static Hondo.Training.Examination;

namespace Hondo.Training;

/// <summary>Bias and variance after the last epoch, and labels that do not belong to their samples.</summary>
sealed class BiasVarianceRule(double humanError) : IRule
{
    const int MostSamples = 2000;

    static readonly DiagnosisRule Unrelated = new("labels-unrelated", Severity.Warning,
        "Of the training part at least half of what guessing gets wrong is right, but dev is no better than guessing.",
        "Check that labels belong to their samples (shuffled, or shifted by a row?) and that dev is made as the "
        + "training "
        + "part is: the network learns its samples by heart.");

    public IEnumerable<DiagnosisRule> Finds => [Unrelated, .. BiasVariance.Rules];

    public void End(Examination e)
    {
        if (e.IsText && TextVerdict.Of(e.Run) is { } verdict)
            e.Report(verdict);
        if (e.Run.Data.Dev is not { } dev || e.Run.History[^1].Dev is not { } scores || e.IsText)
            return;
        // Those of the epoch were gathered with dropout and augmentation, and before its last updates.
        Scores train = e.Run.Trainer.Evaluate(Some(e.Run.Data.Train));
        if (ErrorOf(e, train, e.Run.Data.Train) is not { } trainError || ErrorOf(e, scores, dev) is not { } devError)
            return;
        if (dev.Targets is ClassTargets && train.Has("accuracy"))
            Compare(e, trainError, devError, dev);
        e.Report(new BiasVariance(humanError, trainError, devError, dev.Count).Finding);
    }

    static void Compare(Examination e, double train, double dev, Dataset data)
    {
        double guess = Guessing.ErrorOf(data), noise = 2 * Math.Sqrt(guess * (1 - guess) / data.Count);
        if (train < 0.5 * guess && dev > guess - noise && data.Count >= 20)
            e.Report(Unrelated.Found($"{Percent(train)} of the training samples are wrong, but "
                + $"{Percent(dev)} of dev, where always saying the most frequent class has "
                + $"{Percent(guess)}."));
    }

    static Dataset Some(Dataset train)
    {
        int[] samples = new int[Math.Min(MostSamples, train.Count)];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (int)((long)i * train.Count / samples.Length);
        return train.Part(train.Name, samples);
    }

    // Of a regression the share of the variance that is not explained.
    static double? ErrorOf(Examination e, Scores scores, Dataset data) =>
        data.Targets is ClassTargets && scores.Has("accuracy") ? 1 - scores["accuracy"]
        : e.Run.Trainer.Loss is Losses.MeanSquaredError or Losses.HalfMeanSquaredError && e.GuessLoss > 0
            ? scores.Loss / e.GuessLoss
            : null;
}
