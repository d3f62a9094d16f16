using static Hondo.Insights.Examination;

namespace Hondo.Insights;

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

/// <summary>A column that alone gives the target away.</summary>
sealed class LeakingFeatureRule : IRule
{
    const double Gives = 0.995, Honest = 0.97;
    const int FewestRows = 50;

    static readonly DiagnosisRule Leaks = new("leaking-feature", Severity.Warning,
        "One column alone predicts the target (each sample by its neighbour in that column) in 99.5 % of cases or of "
        + "the variance, and no other column reaches 97 %.",
        "Is it known before the target is? If not, leave the column out: the model would be worthless in use.");

    public IEnumerable<DiagnosisRule> Finds => [Leaks];

    public void Begin(Examination e)
    {
        Dataset train = e.Run.Data.Train;
        if (!TrainingSample.IsTable(train) || train.Sample.Size < 2 || train.Count < FewestRows
            || !train.Targets.HasLabels && train.Targets.Names.Count != 1)
            return;
        float[] target = Targets(train);
        (int Feature, double Score)[] scores = [.. Enumerable.Range(0, train.Sample.Size)
            .Select(f => (f, ScoreOf(TrainingSample.Column(train, f), target, train.Targets.HasLabels)))
            .OrderByDescending(score => score.Item2)];
        if (scores[0].Score >= Gives && scores[1].Score < Honest)
            e.Report(Leaks.Found($"{train.Name}: {train.Features.NameOf(scores[0].Feature)} alone predicts the target "
                + $"({Percent(scores[0].Score)}); the next best, {train.Features.NameOf(scores[1].Feature)}, "
                + $"reaches {Percent(Math.Max(0, scores[1].Score))}."));
    }

    static float[] Targets(Dataset data)
    {
        var targets = new float[TrainingSample.Count(data)];
        for (int i = 0; i < targets.Length; i++)
        {
            int row = TrainingSample.RowOf(data, i);
            targets[i] = data.Targets.HasLabels ? data.Targets.Labels[row] : data.Targets.Values[row];
        }
        return targets;
    }

    // Each sample is predicted by the one before it in the order of the feature; ties stand in their first order, so
    // that a column of one value predicts nothing.
    static double ScoreOf(float[] feature, float[] target, bool areClasses)
    {
        int[] order = [.. Enumerable.Range(0, feature.Length).OrderBy(i => feature[i])];
        (double mean, double deviation) = TrainingSample.Moments(target);
        double wrong = 0;
        for (int i = 1; i < order.Length; i++)
        {
            double off = target[order[i]] - target[order[i - 1]];
            wrong += areClasses ? (off == 0 ? 0 : 1) : off * off / 2;
        }
        // A change of class between neighbours is an error only where the classes are mixed.
        if (areClasses)
            wrong = Math.Max(0, wrong - (target.Distinct().Count() - 1));
        double all = areClasses ? order.Length : deviation * deviation * order.Length;
        return all > 0 ? 1 - wrong / all : 0;
    }
}

/// <summary>Some evenly spaced training samples, column by column: enough to judge features by, and quick.</summary>
static class TrainingSample
{
    const int MostRows = 2000;

    /// <summary>Features beyond these are not looked at one by one: they are pixels, not columns.</summary>
    public const int MostFeatures = 256;

    public static int Count(Dataset data) => Math.Min(data.Count, MostRows);

    public static int RowOf(Dataset data, int i) => data.Row((int)((long)i * data.Count / Count(data)));

    public static float[] Column(Dataset data, int feature)
    {
        var column = new float[Count(data)];
        for (int i = 0; i < column.Length; i++)
            column[i] = data.Features[RowOf(data, i), feature];
        return column;
    }

    /// <summary>True for the rows of a table: each number has a meaning of its own.</summary>
    public static bool IsTable(Dataset data) =>
        data.Features.AreColumns && data.Sample.Size <= MostFeatures;

    public static (double Mean, double Deviation) Moments(ReadOnlySpan<float> column)
    {
        double sum = 0, squares = 0;
        foreach (float x in column)
            sum += x;
        double mean = sum / column.Length;
        foreach (float x in column)
            squares += (x - mean) * (x - mean);
        return (mean, Math.Sqrt(squares / column.Length));
    }
}
