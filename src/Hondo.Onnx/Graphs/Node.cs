using Hondo.Onnx.Values;

namespace Hondo.Onnx.Graphs;

/// <summary>A call of an operator: names of the values that it reads ("" is left out) and writes.</summary>
sealed record Node(string Name, string Op, string Domain, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs,
    IReadOnlyDictionary<string, object> Attributes)
{
    /// <summary>The node in words, for errors: <c>Conv node 'conv1'</c>.</summary>
    public string Label => $"{(Domain.Length == 0 ? Op : $"{Domain}.{Op}")} node "
        + (Name.Length > 0 ? $"'{Name}'" : $"that makes '{(Outputs.Count > 0 ? Outputs[0] : "")}'");

    public bool Has(string attribute) => Attributes.ContainsKey(attribute);

    public long Int(string name, long usual) => Get<long>(name, out long value) ? value : usual;

    public double Float(string name, double usual) => Get(name, out double value) ? value : usual;

    public string Text(string name, string usual) => Get(name, out string? value) ? value! : usual;

    public long[]? Ints(string name) => Get(name, out long[]? value) ? value : null;

    public double[]? Floats(string name) => Get(name, out double[]? value) ? value : null;

    public string[]? Texts(string name) => Get(name, out string[]? value) ? value : null;

    public OnnxTensor? Tensor(string name) => Get(name, out OnnxTensor? value) ? value : null;

    public Graph? Graph(string name) => Get(name, out Graph? value) ? value : null;

    /// <summary>The input's name, or "" when left out.</summary>
    public string Input(int i) => i < Inputs.Count ? Inputs[i] : "";

    /// <summary>Whether anything wants this output.</summary>
    public bool Wants(int output) => output < Outputs.Count && Outputs[output].Length > 0;

    bool Get<T>(string name, out T? value)
    {
        value = default;
        if (!Attributes.TryGetValue(name, out object? found))
            return false;
        // Lists without an entry have no type of their own in old files.
        if (found is T typed)
            value = typed;
        else if (found is Array { Length: 0 } && typeof(T).IsArray)
            return false;
        else
            throw new OnnxException($"{Label}: attribute '{name}' is a {found.GetType().Name}, but a "
                + $"{typeof(T).Name} was expected.");
        return true;
    }
}

/// <summary>A reference in a function's body to an attribute of its call.</summary>
sealed record AttributeReference(string Name);

/// <summary>The type and shape that a file tells of a value.</summary>
/// <param name="Name">The value.</param>
/// <param name="Kind">"tensor", "sequence", "optional", "map" or "".</param>
/// <param name="Type">The type of a tensor's numbers.</param>
/// <param name="Dims">Lengths or names of the axes, or null when the file does not tell.</param>
sealed record ValueInfo(string Name, string Kind, ElementType Type, IReadOnlyList<string>? Dims)
{
    /// <summary>True of images whose channels are the last axis in the file too, as TensorFlow has them.</summary>
    public bool IsFeaturesLast => Dims is [_, var second, _, var last] && last is "1" or "3" or "4"
        && second is not ("1" or "3" or "4");

    /// <summary>As text: <c>float [batch, 3, 224, 224]</c>.</summary>
    public override string ToString() => $"{(Kind is "tensor" ? "" : Kind + " ")}{Type.Name()}"
        + (Dims is null ? "" : $" [{string.Join(", ", Dims)}]");
}

/// <summary>Nodes in an order in which each reads only what is there.</summary>
sealed record Graph(string Name, IReadOnlyList<Node> Nodes, IReadOnlyDictionary<string, OnnxTensor> Initializers,
    IReadOnlyList<ValueInfo> Inputs, IReadOnlyList<ValueInfo> Outputs)
{
    /// <summary>Inputs that no initializer gives: what a caller must pass.</summary>
    public IReadOnlyList<ValueInfo> Needed { get; } = [.. Inputs.Where(input => !Initializers.ContainsKey(input.Name))];
}

/// <summary>An operator that the file defines by other ones.</summary>
sealed record Function(string Name, string Domain, string Overload, IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs, IReadOnlyList<Node> Nodes, IReadOnlyDictionary<string, object> Defaults,
    IReadOnlyDictionary<string, int> Opsets);
