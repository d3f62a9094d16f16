using Hondo.Phrases;
using static Hondo.Training.Examination;

namespace Hondo.Training;

/// <summary>A loss that never falls, with nothing else found to explain it.</summary>
sealed class StandstillRule : IRule
{
    const int FewestSteps = 50;

    static readonly DiagnosisRule Standstill = new("loss-does-not-fall", Severity.Warning,
        "After 3 epochs and 50 steps (or at the end) the loss is above 98 % of guessing, or of its first value, and no "
        + "other finding explains it.",
        "Check that inputs belong to their labels (are they shuffled?), try to learn one batch by heart, try learning "
        + "rates 10 times larger and smaller, then a larger network.");

    public IEnumerable<DiagnosisRule> Finds => [Standstill];

    public void Epoch(Examination e)
    {
        if (e.IsLate)
            Judge(e);
    }

    public void End(Examination e) => Judge(e);

    static void Judge(Examination e)
    {
        if (e.HasCause || e.Run.Step < FewestSteps || !(e.EpochLoss >= 0.98 * e.Reference))
            return;
        e.Report(Standstill.Found(double.IsNaN(e.GuessLoss)
            ? Phrase.Of($"After {e.Run.Step:N0} steps the loss is {Show(e.EpochLoss)}; it began with "
                + $"{Show(e.FirstLoss)}.")
            : Phrase.Of($"After {e.Run.Step:N0} steps the loss is {Show(e.EpochLoss)}; guessing without a look at the "
                + $"inputs has {Show(e.GuessLoss)}.")));
    }
}
