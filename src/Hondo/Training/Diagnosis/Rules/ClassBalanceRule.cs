using Hondo.Data;
using Hondo.Phrases;
using static Hondo.Training.Examination;

namespace Hondo.Training;

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
        if (train.Targets is not ClassTargets)
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
