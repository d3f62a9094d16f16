using Hondo.Data;
using static Hondo.Training.Examination;

namespace Hondo.Training;

/// <summary>A column that alone gives the target away.</summary>
sealed class LeakingFeatureRule : IRule
{
    const double Gives = 0.995, Honest = 0.97;
    const int FewestRows = 50;

    static readonly DiagnosisRule Leaks = new("leaking-feature", Severity.Warning,
        "One column alone predicts the target (each sample by its neighbour in that column) in 99.5 % of cases or of "
        + "the "
        + "variance, and no other column reaches 97 %.",
        "Is it known before the target is? If not, leave the column out: the model would be worthless in use.");

    public IEnumerable<DiagnosisRule> Finds => [Leaks];

    public void Begin(Examination e)
    {
        Dataset train = e.Run.Data.Train;
        if (!TrainingSample.IsTable(train) || train.Sample.Size < 2 || train.Count < FewestRows
            || train.Targets is not (ClassTargets or RegressionTargets { Width: 1 }))
            return;
        float[] target = Targets(train);
        (int Feature, double Score)[] scores = [.. Enumerable.Range(0, train.Sample.Size)
            .Select(f => (f, ScoreOf(TrainingSample.Column(train, f), target, train.Targets is ClassTargets)))
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
            targets[i] = data.Targets is ClassTargets classes ? classes.Labels[row]
                : ((RegressionTargets)data.Targets).Values[row];
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
