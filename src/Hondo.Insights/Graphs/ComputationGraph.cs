namespace Hondo.Autograd;

/// <summary>
/// What a result was computed from: gates with their values and gradients, inputs first. It outlives the step. Call
/// <c>Backward(BackwardOptions.KeepAll)</c> before it, so that every gate has its gradient.
/// </summary>
/// <example><code>
/// using var step = Tape.Begin();
/// Tensor x = Tape.Watch(Tensor.Scalar(-2.0), "x"), y = Tape.Watch(Tensor.Scalar(5.0), "y");
/// Tensor f = x * y;
/// f.Backward(BackwardOptions.KeepAll);
/// Console.WriteLine(ComputationGraph.Of(f));
/// </code></example>
public sealed class ComputationGraph
{
    readonly List<GraphGate> _gates = [];

    ComputationGraph(Node result, ReadOnlySpan<(string Name, Tensor Tensor)> names)
    {
        var named = new Dictionary<Node, string>();
        foreach ((string name, Tensor tensor) in names)
            named[tensor.Node] = name;
        var places = new Dictionary<Node, int>();
        var stack = new Stack<(Node Node, bool InputsDone)>([(result, false)]);
        // A stack of our own: a long computation would overflow the thread's.
        while (stack.TryPop(out (Node Node, bool InputsDone) next))
        {
            if (places.ContainsKey(next.Node))
                continue;
            if (next.InputsDone || next.Node is Call<Watch> || next.Node.Inputs.IsEmpty)
            {
                places[next.Node] = _gates.Count;
                _gates.Add(Gate(next.Node, places) with { Name = named.GetValueOrDefault(next.Node, "") });
                continue;
            }
            stack.Push((next.Node, true));
            for (int i = next.Node.Inputs.Length - 1; i >= 0; i--)
                stack.Push((next.Node.Inputs[i], false));
        }
    }

    /// <summary>The graph behind a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="names">What results on the way are called: <c>ComputationGraph.Of(f, ("q", q), ("f", f))</c>.
    /// </param>
    /// <exception cref="InvalidOperationException">The result was not computed inside a step that is still
    /// open.</exception>
    public static ComputationGraph Of(Tensor result, params ReadOnlySpan<(string Name, Tensor Tensor)> names) =>
        result.Node.Tape is null
        ? throw new InvalidOperationException("Only results computed inside a step know what they were computed from: "
            + "'using var step = Tape.Begin();' first.")
        : new(result.Node, names);

    /// <summary>The gates: each after those that it takes its operands from, the result last.</summary>
    public IReadOnlyList<GraphGate> Gates => _gates;

    /// <summary>The graph as a drawing, inputs at the left: values above the gates' results, gradients below.</summary>
    /// <param name="title">What a screen reader says.</param>
    public string ToSvg(string title = "Computation graph: values above, gradients below") =>
        GraphSvg.Draw(this, title);

    /// <summary>One line a gate: <c>f = Mul(q, z) = -12    gradient 1</c>.</summary>
    public override string ToString() => GraphText.Write(this);

    GraphGate Gate(Node node, Dictionary<Node, int> places)
    {
        bool isInput = node is Leaf or InputCall or Call<Watch>;
        var inputs = new List<int>();
        int depth = 0;
        if (!isInput)
            foreach (Node input in node.Inputs)
            {
                inputs.Add(places[input]);
                depth = Math.Max(depth, _gates[places[input]].Depth + 1);
            }
        string label = node switch
        {
            Leaf { Parameter: { Name.Length: > 0 } parameter } => parameter.Name,
            Call<Watch> watch => watch.Op.Label,
            _ => node.Name,
        };
        bool hasGradient = node.KeepsGradient && !node.Gradient.IsEmpty;
        return new(label, isInput, inputs, Copy(node.Value, node), hasGradient ? Copy(node.Gradient, node) : null)
        {
            Depth = depth,
        };
    }

    static Tensor Copy(Block block, Node like)
    {
        var leaf = new Leaf(like.Shape, like.Type);
        block.Bytes.CopyTo(leaf.Value.Bytes);
        return new(leaf, 0);
    }
}

/// <summary>A gate of a <see cref="ComputationGraph"/>.</summary>
/// <param name="Label">A variable's or parameter's name, or the op's.</param>
/// <param name="IsInput">True for variables, parameters and constants.</param>
/// <param name="Inputs">The places of the gates that it takes its operands from.</param>
/// <param name="Value">Its numbers.</param>
/// <param name="Gradient">The gradient of the result by them, or null when none was kept.</param>
public sealed record GraphGate(string Label, bool IsInput, IReadOnlyList<int> Inputs, Tensor Value, Tensor? Gradient)
{
    /// <summary>What the result is called; empty when it has no name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The longest way from an input, which is the column that it is drawn in.</summary>
    public int Depth { get; internal init; }
}
