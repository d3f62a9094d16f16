namespace Hondo.Insights;

/// <summary>How well one does by the targets alone, without a look at the inputs.</summary>
static class NaiveBaseline
{
    /// <summary>
    /// The loss of the best constant answer: the entropy of the classes, the variance of the numbers; NaN for losses
    /// whose best guess is not known.
    /// </summary>
    public static double LossOf(TrainingRun run) => (run.Trainer.Loss, run.Data.Train.Targets) switch
    {
        (CrossEntropy loss, ClassTargets) when loss.ToString() == "CrossEntropy()" && run.Trainer.Mixes.Count == 0 =>
            Entropy(run.Data.Train.ClassCounts()),
        (MeanSquaredError, RegressionTargets) => Variance(run.Data.Train),
        (HalfMeanSquaredError, RegressionTargets) => Variance(run.Data.Train) / 2,
        _ => double.NaN,
    };

    /// <summary>The share of wrong answers of one who always says the most frequent class.</summary>
    public static double ErrorOf(Dataset data) => 1 - (double)data.ClassCounts().Max() / data.Count;

    /// <summary>The mean over the outputs of the targets' variance.</summary>
    public static double Variance(Dataset data)
    {
        var numbers = (RegressionTargets)data.Targets;
        double total = 0;
        for (int k = 0; k < numbers.Width; k++)
        {
            double sum = 0, squares = 0;
            for (int i = 0; i < data.Count; i++)
                sum += numbers.Values[data.Row(i) * numbers.Width + k];
            double mean = sum / data.Count;
            for (int i = 0; i < data.Count; i++)
                squares += Math.Pow(numbers.Values[data.Row(i) * numbers.Width + k] - mean, 2);
            total += squares / data.Count;
        }
        return total / numbers.Width;
    }

    static double Entropy(int[] counts)
    {
        double entropy = 0, all = counts.Sum();
        foreach (int count in counts)
            if (count > 0)
                entropy -= count / all * Math.Log(count / all);
        return entropy;
    }
}
