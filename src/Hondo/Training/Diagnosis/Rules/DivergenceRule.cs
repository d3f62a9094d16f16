using static Hondo.Training.Examination;

namespace Hondo.Training;

/// <summary>A loss that grows instead of falling.</summary>
sealed class DivergenceRule : IRule
{
    const double Far = 10;

    static readonly DiagnosisRule Divergence = new("divergence", Severity.Warning,
        "The loss of a looked-at step is more than 10 times that of the first step, or the mean of an epoch is.",
        "Lower the learning rate (by 10 or more), clip the gradients, normalize inputs and targets.");

    public IEnumerable<DiagnosisRule> Finds => [Divergence];

    public void Look(Examination e) => Judge(e, e.Run.StepLoss);

    public void Epoch(Examination e) => Judge(e, e.EpochLoss);

    static void Judge(Examination e, double loss)
    {
        double start = double.IsNaN(e.GuessLoss) ? e.FirstLoss : Math.Max(e.FirstLoss, e.GuessLoss);
        if (loss > Far * start)
            e.Report(Divergence.Found($"Step {e.Run.Step:N0}: the loss is {Show(loss)}; it began with "
                + $"{Show(e.FirstLoss)}. The learning rate is {Show(e.Run.Optimizer.LearningRate)}."));
    }
}
