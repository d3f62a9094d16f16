using Hondo.Data;
using static Hondo.Training.Examination;

namespace Hondo.Training;

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
        if (train.Targets is not RegressionTargets numbers || e.Run.Model.Layers.Any(layer => layer is Layers.Rescale))
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
