using Hondo.Data;
using Hondo.Losses;
using Hondo.Phrases;
using Hondo.Tensors;
using static Hondo.Training.Examination;

namespace Hondo.Training;

/// <summary>
/// Last layers that do not fit the loss. (Softmax or Sigmoid before a loss that applies it is refused by the loss.)
/// </summary>
sealed class OutputRule : IRule
{
    static readonly DiagnosisRule Cut = new("relu-at-output", Severity.Warning,
        "The model ends with ReLU though scores, or targets, may be below 0.",
        "Leave the last ReLU out: it cannot answer below 0, and where it answers 0 nothing is learnt.");

    static readonly DiagnosisRule Short = new("bounded-output", Severity.Warning,
        "The model ends with Sigmoid or Tanh, and the targets go beyond what it can reach.",
        "Leave the last activation out for regression, or scale the targets.");

    public IEnumerable<DiagnosisRule> Finds => [Cut, Short];

    public void Look(Examination e)
    {
        if (e.Looks > 1 || e.Run.Output is not Call { LayerPath: { } layer } output)
            return;
        Loss loss = e.Run.Trainer.Loss;
        bool takesScores = loss is CrossEntropy or BinaryCrossEntropy;
        (double least, double most) = Range(e.Run.Data.Train);
        if (output.Name is "Relu" or "BatchNormRelu" && (takesScores || least < 0))
            e.Report(Cut.Found(takesScores
                ? Phrase.Of($"The output of the model is that of {e.NameOf(layer)}, which is never below 0, but "
                    + $"{loss} needs scores of either sign.")
                : Phrase.Of($"The output of the model is that of {e.NameOf(layer)}, which is never below 0, but "
                    + $"targets go down to {Show(least)}."), layer));
        double reach = output.Name == "Sigmoid" ? 0 : -1;
        if (output.Name is "Sigmoid" or "Tanh" && !takesScores && (least < reach || most > 1))
            e.Report(Short.Found($"{e.NameOf(layer)} answers between {reach} and 1, but targets go from "
                + $"{Show(least)} to {Show(most)}.", layer));
    }

    static (double Least, double Most) Range(Dataset data)
    {
        if (data.Targets is not RegressionTargets numbers)
            return (0, 0);
        float least = float.PositiveInfinity, most = float.NegativeInfinity;
        for (int i = 0; i < data.Count; i++)
            foreach (float value in numbers.Values.Slice(data.Row(i) * numbers.Width, numbers.Width))
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
        return (least, most);
    }
}
