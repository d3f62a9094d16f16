using static Hondo.Insights.Examination;

namespace Hondo.Insights;

/// <summary>Classes with far fewer training samples than the others, or none.</summary>
sealed class ClassBalanceRule : IRule
{
    // Of an equal share.
    const double Rare = 0.1;

    static readonly DiagnosisRule Unbalanced = new("unbalanced-classes", Severity.Warning,
        "A class has less than a tenth of an equal share of the training samples.",
        "Gather more samples of it, or weigh it more (CrossEntropy(weights: …)); judge by F1 or the confusion matrix "
        + "rather than by accuracy.");

    static readonly DiagnosisRule Empty = new("empty-class", Severity.Warning,
        "A class has no training sample.",
        "Split by class (stratified), give it samples, or leave the class out: it can never be learnt.");

    public IEnumerable<DiagnosisRule> Finds => [Unbalanced, Empty];

    public void Begin(Examination e)
    {
        Dataset train = e.Run.Data.Train;
        if (!train.Targets.HasLabels)
            return;
        int[] counts = train.ClassCounts();
        string[] empty = [.. train.Classes.Where((_, c) => counts[c] == 0)];
        if (empty.Length > 0)
            e.Report(Empty.Found(empty.Length > 5
                ? Phrase.Of($"{train.Name} has no sample of {string.Join(", ", empty.Take(5))} and "
                    + $"{empty.Length - 5} more classes.")
                : Phrase.Of($"{train.Name} has no sample of {string.Join(", ", empty)}.")));
        double share = (double)train.Count / counts.Length;
        int rarest = Array.IndexOf(counts, counts.Where(count => count > 0).Min());
        if (counts[rarest] < Rare * share)
            e.Report(Unbalanced.Found($"Only {counts[rarest]:N0} of the {train.Count:N0} samples of {train.Name} "
                + $"({Percent((double)counts[rarest] / train.Count)}) are {train.Classes[rarest]}; an equal "
                + $"share would be {Percent(1.0 / counts.Length)}. Always saying "
                + $"{train.Classes[Array.IndexOf(counts, counts.Max())]} would be right in "
                + $"{Percent((double)counts.Max() / train.Count)}."));
    }
}

/// <summary>Parts of different places: what is chosen by dev fails at the test.</summary>
sealed class PartsRule : IRule
{
    static readonly DiagnosisRule Differ = new("parts-differ", Severity.Warning,
        "Dev and test differ by more than chance and by enough to matter: classes by χ² (p < 0.001, 3 points), "
        + "features by Kolmogorov–Smirnov (p < 0.001 over all features, distance 0.1).",
        DistributionShift.Mend);

    public IEnumerable<DiagnosisRule> Finds => [Differ];

    public void Begin(Examination e)
    {
        // Windows of a text may well be alike, bits are drawn for each part; and a run that goes on was told.
        if (e.Run is not { Step: 0, Data: { Dev: { } dev, Test: { } test } data }
            || data.Train.Features.Streams is not null || data.Train.Targets.AreDrawn)
            return;
        foreach (DistributionShift shift in DistributionShift.Find(dev, test))
            e.Run.Warn(Differ.Found(shift.Said!));
    }
}

/// <summary>Targets of a regression that a network starts far away from.</summary>
sealed class ScaleRule : IRule
{
    const double TooLarge = 100;

    static readonly DiagnosisRule Unscaled = new("unscaled-targets", Severity.Warning,
        "The model has no Rescale layer, and mean or deviation of the targets is beyond 100.",
        "End the model with Rescale(deviation, offset: mean), as models by name do, or scale the targets.");

    public IEnumerable<DiagnosisRule> Finds => [Unscaled];

    public void Begin(Examination e)
    {
        Dataset train = e.Run.Data.Train;
        if (train.Targets is not { Names.Count: > 0 } numbers
            || e.Run.Model.Layers.Any(layer => layer is Layers.Rescale))
            return;
        var values = new float[TrainingSample.Count(train)];
        for (int k = 0; k < numbers.Width; k++)
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = numbers.Values[TrainingSample.RowOf(train, i) * numbers.Width + k];
            (double mean, double deviation) = TrainingSample.Moments(values);
            if (Math.Abs(mean) <= TooLarge && deviation <= TooLarge)
                continue;
            e.Report(Unscaled.Found($"The target {numbers.Names[k]} has mean {Show(mean)} and deviation "
                + $"{Show(deviation)}: a network answers with numbers around 1 at first."));
            return;
        }
    }
}

/// <summary>A classifier that says the same to everything.</summary>
sealed class OneAnswerRule : IRule
{
    const int FewestRows = 64, Patience = 3;

    static readonly DiagnosisRule OneAnswer = new("one-answer", Severity.Warning,
        "From the third epoch on (or at the end), the model gave each of at least 64 looked-at rows the same class.",
        "Look at the findings above it; balance the classes, lower the learning rate, check the labels and the "
        + "inputs.");

    public IEnumerable<DiagnosisRule> Finds => [OneAnswer];

    public void Epoch(Examination e)
    {
        PredictionWatch predictions = e.Activations.Predictions;
        if (e.IsText || e.Run.Epoch < Math.Min(Patience, e.Run.Epochs) || predictions.Rows < FewestRows
            || predictions.OnlyClass < 0 || double.IsNaN(e.GuessLoss) && HasOneClass(e.Run.Data.Train))
            return;
        IReadOnlyList<string> classes = e.Run.Data.Train.Classes;
        string name = predictions.OnlyClass < classes.Count ? classes[predictions.OnlyClass]
            : $"output {predictions.OnlyClass}";
        e.Report(OneAnswer.Found($"The model says {name} to all {predictions.Rows:N0} rows looked at."));
    }

    static bool HasOneClass(Dataset train) =>
        train.Targets.HasLabels && train.ClassCounts().Count(count => count > 0) < 2;
}
