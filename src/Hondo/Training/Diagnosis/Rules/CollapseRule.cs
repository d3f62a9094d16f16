using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>Linear layers with nothing between them.</summary>
sealed class CollapseRule : IRule
{
    static readonly DiagnosisRule Collapse = new("layers-collapse", Severity.Warning,
        "A Linear layer feeds another one with no activation between, and the first is no bottleneck.",
        "Put an activation between them (Relu in hidden layers): two linear layers compute what one does.");

    public IEnumerable<DiagnosisRule> Finds => [Collapse];

    public void Look(Examination e)
    {
        if (e.Looks > 1)
            return;
        foreach (Call call in e.Run.Recording!.Calls)
            if (call is { Name: "Linear", LayerPath: { } layer } && Before(call) is { LayerPath: { } first } before
                && before.Shape[^1] >= Math.Min(before.Inputs[0].Shape[^1], call.Shape[^1]))
                e.Report(Collapse.Found($"{e.NameOf(first)} feeds {e.NameOf(layer)} with no activation "
                    + $"between.", first));
    }

    static Call? Before(Call call)
    {
        Node input = call.Inputs[0];
        while (input is Call { Name: "Dropout" or "Reshape" or "AddScalar" or "Scale" } passed)
            input = passed.Inputs[0];
        return input as Call is { Name: "Linear" } linear ? linear : null;
    }
}
