namespace Hondo.Training;

/// <summary>A classifier that says the same to everything.</summary>
sealed class OneAnswerRule : IRule
{
    const int FewestRows = 64, Patience = 3;

    static readonly DiagnosisRule OneAnswer = new("one-answer", Severity.Warning,
        "From the third epoch on (or at the end), the model gave each of at least 64 looked-at rows the same class.",
        "Look at the findings above it; balance the classes, lower the learning rate, check the labels and the "
        + "inputs.");

    public IEnumerable<DiagnosisRule> Finds => [OneAnswer];

    public void Epoch(Examination e)
    {
        AnswerWatch answers = e.Activations.Answers;
        if (e.IsText || e.Run.Epoch < Math.Min(Patience, e.Run.Epochs) || answers.Rows < FewestRows
            || answers.OnlyClass < 0)
            return;
        IReadOnlyList<string> classes = e.Run.Data.Train.Classes;
        string name = answers.OnlyClass < classes.Count ? classes[answers.OnlyClass] : $"output {answers.OnlyClass}";
        e.Report(OneAnswer.Found($"The model says {name} to all {answers.Rows:N0} rows looked at."));
    }
}
