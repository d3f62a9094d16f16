using Hondo.Data;
using Hondo.Phrases;
using static Hondo.Training.Examination;

namespace Hondo.Training;

/// <summary>Columns of a table that never vary, or that vary in very different measures.</summary>
sealed class FeatureRule : IRule
{
    const double TooUnlike = 100;

    static readonly DiagnosisRule Constant = new("constant-feature", Severity.Note,
        "A column of a table has one value in all training samples.",
        "Leave the column out, or find out why it was not read rightly: it can teach nothing.");

    static readonly DiagnosisRule Unlike = new("unscaled-features", Severity.Warning,
        "Samples are not normalized, and one feature's deviation is more than 100 times another's, or the numbers are "
        + "beyond 100.",
        "Subtract the mean and divide by the deviation of the training part (Normalization.Fit, --normalize on).");

    public IEnumerable<DiagnosisRule> Finds => [Constant, Unlike];

    public void Begin(Examination e)
    {
        Dataset train = e.Run.Data.Train;
        if (!TrainingSample.IsTable(train) || train.Count < 3)
            return;
        (double Mean, double Deviation)[] columns = [.. Enumerable.Range(0, train.Sample.Size)
            .Select(f => TrainingSample.Moments(TrainingSample.Column(train, f)))];
        string[] constant = [.. Enumerable.Range(0, columns.Length)
            .Where(f => columns[f].Deviation == 0 && NeverVaries(train, f)).Select(train.Features.NameOf)];
        if (constant.Length > 0)
            e.Report(Constant.Found(Never(train.Name, constant)));
        if (e.Run.Trainer.Normalization is null && !StartsWithNorm(e.Run))
            Compare(e, train, columns);
    }

    static Phrase Never(string data, string[] names)
    {
        string some = string.Join(", ", names.Take(5));
        return names.Length > 5 ? Phrase.Of($"{data}: {some} and {names.Length - 5} more features never vary.")
            : names.Length == 1 ? Phrase.Of($"{data}: {some} never varies.")
            : Phrase.Of($"{data}: {some} never vary.");
    }

    static void Compare(Examination e, Dataset train, (double Mean, double Deviation)[] columns)
    {
        int[] varying = [.. Enumerable.Range(0, columns.Length).Where(f => columns[f].Deviation > 0)];
        if (varying.Length == 0)
            return;
        int least = varying.MinBy(f => columns[f].Deviation), most = varying.MaxBy(f => columns[f].Deviation);
        int largest = varying.MaxBy(f => Math.Abs(columns[f].Mean) + columns[f].Deviation);
        double ratio = columns[most].Deviation / columns[least].Deviation;
        double size = Math.Abs(columns[largest].Mean) + columns[largest].Deviation;
        if (ratio > TooUnlike)
            e.Report(Unlike.Found($"{train.Features.NameOf(most)} deviates by {Show(columns[most].Deviation)}, "
                + $"{train.Features.NameOf(least)} by {Show(columns[least].Deviation)}: "
                + $"{Show(ratio)} times less. One learning rate cannot suit both."));
        else if (size > TooUnlike)
            e.Report(Unlike.Found($"{train.Features.NameOf(largest)} has mean {Show(columns[largest].Mean)} "
                + $"and deviation {Show(columns[largest].Deviation)}: networks start from numbers around 1."));
    }

    static bool NeverVaries(Dataset data, int feature)
    {
        float first = data.Features[data.Row(0), feature];
        for (int i = 1; i < data.Count; i++)
            if (data.Features[data.Row(i), feature] != first)
                return false;
        return true;
    }

    static bool StartsWithNorm(TrainingRun run) =>
        run.Model.Layers.FirstOrDefault(layer => layer.Layers.Count == 1)?.GetType().Name
            is "BatchNorm" or "LayerNorm" or "RmsNorm" or "Embedding" or "Rescale";
}
