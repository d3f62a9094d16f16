using System.Globalization;
using static Hondo.Insights.Examination;

namespace Hondo.Insights;

/// <summary>Learning rates with which nothing is learnt: steps too wide or too small.</summary>
sealed class LearningRateRule : IRule
{
    const int FewestSteps = 20;
    const double Wide = 0.1, Small = 1e-4;

    static readonly DiagnosisRule TooHigh = new("learning-rate-too-high", Severity.Warning,
        "After an epoch of 20 steps or more the loss is no better than before or than guessing, and an update moved "
        + "the weights by more than a tenth of their size.",
        "Divide the learning rate by 10; a warm-up or a decay helps too.");

    static readonly DiagnosisRule TooLow = new("learning-rate-too-low", Severity.Warning,
        "After three quarters of the epochs (or at the end) the loss is above four fifths of guessing, and updates "
        + "moved the weights by less than a ten-thousandth "
        + "of their size.",
        "Multiply the learning rate by 10 (one of 0 learns nothing: begin with 0.001), or train longer.");

    double _logMoves;
    int _moves, _smallMoves, _logged;

    public IEnumerable<DiagnosisRule> Finds => [TooHigh, TooLow];

    public void Look(Examination e)
    {
        // An update by a gradient of 0 says nothing about the rate.
        if (e.Weights.Move == 0 && e.Run.Optimizer.LearningRate > 0)
            return;
        _moves++;
        _smallMoves += e.Weights.Move < Small ? 1 : 0;
        // A rate of 0 moves nothing, and 0 has no logarithm.
        if (e.Weights.Move > 0)
            (_logMoves, _logged) = (_logMoves + Math.Log(e.Weights.Move), _logged + 1);
    }

    public void Epoch(Examination e)
    {
        if (e.Run.Step >= FewestSteps && e.EpochLoss >= 0.98 * e.Reference && e.Weights.LargestMove > Wide)
            e.Report(TooHigh.Found($"After {e.Run.Step:N0} steps the loss is {Show(e.EpochLoss)}, "
                + $"{Compared(e)}, and an update moved the weights by {Percent(e.Weights.LargestMove)} of "
                + $"their size; the learning rate is {Rate(e)}."));
        if (e.IsLate)
            JudgeLow(e);
    }

    public void End(Examination e) => JudgeLow(e);

    void JudgeLow(Examination e)
    {
        if (_moves == 0 || e.Run.Step < FewestSteps || e.HasCause || !(e.EpochLoss >= 0.8 * e.Reference))
            return;
        double usual = _logged == 0 ? 0 : Math.Exp(_logMoves / _logged);
        // Most of them: the end of a decayed schedule alone says nothing.
        if (2 * _smallMoves > _moves)
            e.Report(TooLow.Found($"After {e.Run.Step:N0} steps the loss is {Show(e.EpochLoss)}, {Compared(e)}; "
                + $"an update moves the weights by {Show(usual)} of their size with a learning rate of "
                + $"{Rate(e)}."));
    }

    static Phrase Compared(Examination e) => double.IsNaN(e.GuessLoss)
        ? Phrase.Of($"it began with {Show(e.FirstLoss)}")
        : Phrase.Of($"guessing has {Show(e.GuessLoss)}");

    static string Rate(Examination e) =>
        e.Run.Optimizer.InitialLearningRate.ToString("G4", CultureInfo.InvariantCulture);
}

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
        if (start > 0 && loss > Far * start)
            e.Report(Divergence.Found($"Step {e.Run.Step:N0}: the loss is {Show(loss)}; it began with "
                + $"{Show(e.FirstLoss)}. The learning rate is {Show(e.Run.Optimizer.LearningRate)}."));
    }
}

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

/// <summary>A loss that has stopped falling while much is left to learn.</summary>
sealed class PlateauRule : IRule
{
    const int Fewest = 5;

    static readonly DiagnosisRule Plateau = new("plateau", Severity.Warning,
        "Over the last third of the epochs (at least 5) the training loss fell by less than 1 %, while it is above "
        + "half of guessing, or of its first value, and the learning rate was not lowered.",
        "Lower the learning rate as training goes on (a schedule, or α = c₁ / (step + c₂)); try momentum or Adam; if "
        + "it stays, a larger network.");

    public IEnumerable<DiagnosisRule> Finds => [Plateau];

    public void End(Examination e)
    {
        History history = e.Run.History;
        int last = Math.Max(Fewest, history.Count / 3);
        if (e.HasCause || !e.LearnsLittle || history.Count < 2 * Fewest
            || history[^1].LearningRate < 0.5 * history[0].LearningRate)
            return;
        double before = history[^(last + 1)].Train.Loss;
        if (history[^1].Train.Loss > 0.99 * before)
            e.Report(Plateau.Found($"The training loss was {Show(before)} after epoch {history.Count - last} and "
                + $"is {Show(history[^1].Train.Loss)} now, of {Show(e.Reference)} at the start."));
    }
}

/// <summary>A dev loss that rises while the training loss falls.</summary>
sealed class OverfittingRule : IRule
{
    const int Patience = 3;

    static readonly DiagnosisRule Overfitting = new("overfitting", Severity.Warning,
        "The dev loss has been above its best for 3 epochs and is now half as much again (by a tenth of guessing or "
        + "more), while the training loss has fallen.",
        "Stop early (EarlyStopping gives the best weights back), augment or gather data, add dropout or L2, or make "
        + "the network smaller.");

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
