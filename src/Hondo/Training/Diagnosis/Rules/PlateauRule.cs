using static Hondo.Training.Examination;

namespace Hondo.Training;

/// <summary>A loss that has stopped falling while much is left to learn.</summary>
sealed class PlateauRule : IRule
{
    const int Fewest = 5;

    static readonly DiagnosisRule Plateau = new("plateau", Severity.Warning,
        "Over the last third of the epochs (at least 5) the training loss fell by less than 1 %, while it is above "
        + "half "
        + "of guessing, or of its first value, and the learning rate was not lowered.",
        "Lower the learning rate as training goes on (a schedule, or α = c₁ / (step + c₂)); try momentum or Adam; if "
        + "it "
        + "stays, a larger network.");

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
