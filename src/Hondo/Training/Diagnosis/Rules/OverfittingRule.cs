using static Hondo.Training.Examination;

namespace Hondo.Training;

/// <summary>A dev loss that rises while the training loss falls.</summary>
sealed class OverfittingRule : IRule
{
    const int Patience = 3;

    static readonly DiagnosisRule Overfitting = new("overfitting", Severity.Warning,
        "The dev loss has been above its best for 3 epochs and is now half as much again (by a tenth of guessing or "
        + "more), "
        + "while the training loss has fallen.",
        "Stop early (EarlyStopping gives the best weights back), augment or gather data, add dropout or L2, or make "
        + "the "
        + "network smaller.");

    public IEnumerable<DiagnosisRule> Finds => [Overfitting];

    public void Epoch(Examination e)
    {
        History history = e.Run.History;
        if (history[^1].Dev is not { } dev)
            return;
        EpochRecord best = history.MinBy(epoch => epoch.Dev!.Loss)!;
        if (history.Count - best.Epoch >= Patience && dev.Loss > 1.5 * best.Dev!.Loss
            && dev.Loss - best.Dev.Loss > 0.1 * e.Reference && e.EpochLoss < best.Train.Loss)
            e.Report(Overfitting.Found($"Epoch {e.Run.Epoch}: the dev loss is {Show(dev.Loss)}; it was "
                + $"{Show(best.Dev.Loss)} after epoch {best.Epoch}. Meanwhile the training loss fell from "
                + $"{Show(best.Train.Loss)} to {Show(e.EpochLoss)}."));
    }
}
