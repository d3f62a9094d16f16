using System.Globalization;

namespace Hondo.Insights;

/// <summary>What a logistic regression learned: one coefficient for each feature, in its own unit.</summary>
static class Coefficients
{
    const int MostFeatures = 200;

    /// <summary>A table of coefficients and odds ratios; nothing for a model that has more than one layer.</summary>
    public static void Write(ReportText page, TrainingRun run)
    {
        Dataset train = run.Data.Train;
        Parameter[] parameters = [.. run.Model.Parameters];
        if (run.Trainer.Loss is not BinaryCrossEntropy || train.Classes.Count != 2 || parameters.Length is not (1 or 2)
            || train.Sample is not [var features and <= MostFeatures] || parameters[0].Shape.Size != features)
            return;
        double[] weights = parameters[0].Value.ToArray<double>();
        double intercept = parameters.Length == 2 ? parameters[1].Value.ToArray<double>()[0] : 0;
        List<string[]> rows = [];
        for (int f = 0; f < features; f++)
        {
            (double mean, double deviation) = Scale(run.Trainer.Normalization, f);
            // A feature that never varied became 0: its weight says nothing.
            double perUnit = deviation == 0 ? 0 : weights[f] / deviation;
            intercept -= perUnit * mean;
            rows.Add([train.Features.NameOf(f), Number(perUnit), Number(weights[f]), Number(Math.Exp(perUnit))]);
        }
        page.Heading("Coefficients");
        page.Paragraph($"The log-odds of {train.Classes[1]} against {train.Classes[0]} are the intercept and, for each "
            + "feature, its coefficient times its value; one unit more of it multiplies the odds by the odds ratio.");
        page.Table(["feature", "coefficient", "per standard deviation", "odds ratio"],
            [[page.Say("(intercept)"), Number(intercept), "", Number(Math.Exp(intercept))], .. rows]);
    }

    static (double Mean, double Deviation) Scale(Normalization? normalization, int feature) => normalization is null
        ? (0, 1)
        : (normalization.Mean[feature % normalization.Mean.Length],
            normalization.Deviation[feature % normalization.Deviation.Length]);

    static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
