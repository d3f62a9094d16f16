using static Hondo.Training.Examination;

namespace Hondo.Training;

/// <summary>Layers that move by far too little, or too much, beside the others.</summary>
sealed class UpdateRule : IRule
{
    const double Hardly = 1e-6, Leaping = 0.5, Unlike = 100;

    static readonly DiagnosisRule Ratio = new("update-ratio", Severity.Warning,
        "Updates move a layer's weights by less than a millionth of their size, or by more than half of it, and 100 "
        + "times "
        + "less or more than the model's other weights. (About a thousandth is usual.)",
        "Draw the layer's first weights by He or Xavier; give all layers inputs of about one size (normalize, norms).");

    public IEnumerable<DiagnosisRule> Finds => [Ratio];

    public void Look(Examination e)
    {
        if (e.Looks == 5)
            Judge(e);
    }

    public void Epoch(Examination e)
    {
        if (e.Looks >= 4)
            Judge(e);
    }

    static void Judge(Examination e)
    {
        WeightWatch[] moved = [.. e.Weights.Weights.Where(weight => !double.IsNaN(weight.UsualMove))];
        if (moved.Length < 2)
            return;
        foreach (WeightWatch weight in moved)
        {
            double others = Math.Exp(moved.Where(one => one != weight).Average(one => Math.Log(one.UsualMove)));
            bool isSlow = weight.UsualMove < Hardly && weight.UsualMove * Unlike < others;
            if (isSlow || (weight.UsualMove > Leaping && weight.UsualMove > Unlike * others))
                e.Report(Ratio.Found($"An update moves the weights of {e.NameOf(weight.Layer)}, by "
                    + $"{Show(weight.UsualMove)} of their size; the others move by {Show(others)}.",
                    weight.Layer));
        }
    }
}
