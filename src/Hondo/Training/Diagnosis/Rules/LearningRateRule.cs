using System.Globalization;
using Hondo.Phrases;
using static Hondo.Training.Examination;

namespace Hondo.Training;

/// <summary>Learning rates with which nothing is learnt: steps too wide or too small.</summary>
sealed class LearningRateRule : IRule
{
    const int FewestSteps = 20;
    const double Wide = 0.1, Small = 1e-4;

    static readonly DiagnosisRule TooHigh = new("learning-rate-too-high", Severity.Warning,
        "After an epoch of 20 steps or more the loss is no better than before or than guessing, and an update moved "
        + "the "
        + "weights by more than a tenth of their size.",
        "Divide the learning rate by 10; a warm-up or a decay helps too.");

    static readonly DiagnosisRule TooLow = new("learning-rate-too-low", Severity.Warning,
        "After three quarters of the epochs (or at the end) the loss is above four fifths of guessing, and updates "
        + "moved the weights by less than a ten-thousandth "
        + "of their size.",
        "Multiply the learning rate by 10, or train longer.");

    double _logMoves;
    int _moves, _smallMoves;

    public IEnumerable<DiagnosisRule> Finds => [TooHigh, TooLow];

    public void Look(Examination e)
    {
        // An update by a gradient of 0 says nothing about the rate.
        if (e.Weights.Move == 0 && e.Run.Optimizer.LearningRate > 0)
            return;
        _moves++;
        _smallMoves += e.Weights.Move < Small ? 1 : 0;
        _logMoves += Math.Log(e.Weights.Move);
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
        double usual = Math.Exp(_logMoves / _moves);
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
