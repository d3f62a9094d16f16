using System.Globalization;
using System.Text;

namespace Hondo.Autograd;

/// <summary>Writes a graph as lines of text, one a gate.</summary>
static class GraphText
{
    const int Shown = 3;

    public static string Write(ComputationGraph graph)
    {
        var text = new StringBuilder();
        for (int i = 0; i < graph.Gates.Count; i++)
        {
            GraphGate gate = graph.Gates[i];
            text.Append(Name(graph, i));
            if (!gate.IsInput)
                text.Append(" = ").Append(gate.Label).Append('(')
                    .AppendJoin(", ", gate.Inputs.Select(input => Name(graph, input))).Append(')');
            text.Append(" = ").Append(Numbers(gate.Value));
            if (gate.Gradient is { } gradient)
                text.Append("    gradient ").Append(Numbers(gradient));
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>An input's or result's own name; results without one are numbered in the order of computation.
    /// </summary>
    static string Name(ComputationGraph graph, int place) => graph.Gates[place].IsInput
        ? graph.Gates[place].Label
        : graph.Gates[place].Name is { Length: > 0 } name ? name
        : "#" + (graph.Gates.Take(place).Count(g => !g.IsInput) + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>The number of a scalar; the shape and first numbers of anything larger.</summary>
    public static string Numbers(Tensor tensor)
    {
        if (tensor.Shape.Rank == 0)
            return Number(tensor.Item);
        string first = string.Join(", ", tensor.ToArray<double>().Take(Shown).Select(Number));
        return $"{tensor.Shape} {{{first}{(tensor.Size > Shown ? ", …" : "")}}}";
    }

    static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
