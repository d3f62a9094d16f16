using System.Globalization;

namespace Hondo.Charts;

/// <summary>What a threshold decides: ROC, precision and recall.</summary>
static class ThresholdFigures
{
    /// <summary>Versicolor against the other irises by logistic regression of the four lengths, which part them badly:
    /// probabilities and answers.</summary>
    public static ThresholdCurve Versicolor()
    {
        Dataset iris = Datasets.Iris().Train;
        double[] columns = [.. Enumerable.Range(0, 4).SelectMany(c => Descents.Iris(c, isNormalized: true))];
        float[] x = [.. from row in Enumerable.Range(0, iris.Count)
                        from column in Enumerable.Range(0, 4)
                        select (float)columns[column * iris.Count + row]];
        float[] answers = [.. Enumerable.Range(0, iris.Count).Select(i => iris.Label(i) == 1 ? 1f : 0)];
        var line = new Linear(4, 1);
        line.Initialize(1);
        var optimizer = new Adam(line.Parameters, 0.05);
        for (int i = 0; i < 400; i++)
        {
            using var step = Tape.Begin();
            new BinaryCrossEntropy().Compute(line.Forward(Tensor.Of(x, [iris.Count, 4])),
                Tensor.Of(answers, [iris.Count, 1])).Backward();
            optimizer.Step();
        }
        float[] scores = new Sigmoid().Forward(line.Forward(Tensor.Of(x, [iris.Count, 4]))).ToArray<float>();
        return new([.. scores.Select(score => (double)score)], [.. answers.Select(answer => answer == 1)]);
    }

    public static LineChart Roc(ThresholdCurve curve, FigureLanguage language) =>
        new(language.Say("ROC curve, area {0}", Text(curve.RocArea)),
            [new(language.Say("classifier"), [.. curve.Points.Select(curve.FalsePositiveRate)],
                [.. curve.Points.Select(curve.Recall)]), new(language.Say("guessing"), [0, 1], [0, 1])])
        {
            Across = language.Say("false positive rate"), AcrossScale = AxisScale.Linear,
            Up = language.Say("true positive rate (recall)"), Width = 520, Height = 480,
        };

    public static LineChart PrecisionRecall(ThresholdCurve curve, FigureLanguage language)
    {
        double always = (double)curve.Positives / (curve.Positives + curve.Negatives);
        return new(language.Say("Precision and recall, average precision {0}", Text(curve.AveragePrecision)),
            [new(language.Say("classifier"), [.. curve.Points.Select(curve.Recall)],
                [.. curve.Points.Select(ThresholdCurve.Precision)]),
                new(language.Say("always yes"), [0, 1], [always, always])])
        {
            Across = language.Say("recall"), AcrossScale = AxisScale.Linear, Up = language.Say("precision"),
            Width = 520, Height = 480,
        };
    }

    public static LineChart Thresholds(ThresholdCurve curve, FigureLanguage language)
    {
        ThresholdPoint[] points = [.. curve.Points.Skip(1).Reverse()];
        double[] across = [.. points.Select(point => point.Threshold)];
        return new(language.Say("What the threshold decides"),
            [
                new(language.Say("precision"), across, [.. points.Select(ThresholdCurve.Precision)]),
                new(language.Say("recall"), across, [.. points.Select(curve.Recall)]),
                new("F1", across, [.. points.Select(point => 2.0 * point.TruePositives
                    / (point.TruePositives + point.FalsePositives + curve.Positives))]),
                new(language.Say("accuracy"), across, [.. points.Select(point => (point.TruePositives
                    + curve.Negatives - point.FalsePositives) / (double)(curve.Positives + curve.Negatives))]),
            ])
        {
            Across = language.Say("threshold"), AcrossScale = AxisScale.Linear, Up = language.Say("share"),
        };
    }

    static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
