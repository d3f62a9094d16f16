using Hondo.Onnx.Values;

namespace Hondo.Onnx.Runtime;

/// <summary>A node with the values that it reads: what an op gets.</summary>
sealed class Call(Node node, OnnxValue?[] inputs, Scope scope, Interpreter interpreter)
{
    public Node Node => node;

    public Scope Scope => scope;

    public Interpreter Interpreter => interpreter;

    /// <summary>The version of the node's operators.</summary>
    public int Opset => scope.OpsetOf(node.Domain);

    public int Count => inputs.Length;

    /// <summary>An input that must be a tensor.</summary>
    public OnnxTensor this[int i] => Maybe(i) ?? throw new OnnxException($"Input {i} is left out, but is needed.");

    /// <summary>An input that may be left out.</summary>
    public OnnxTensor? Maybe(int i) => Value(i) switch
    {
        null => null,
        OnnxTensor tensor => tensor,
        OnnxOptional { Value: OnnxTensor tensor } => tensor,
        var other => interpreter.ToPlain(other) as OnnxTensor
            ?? throw new OnnxException($"Input {i} is {other.Describe()}, but must be a tensor."),
    };

    /// <summary>An input of any kind, or null: where the model trains, it may lie on the tape.</summary>
    public OnnxValue? Value(int i) => i < inputs.Length ? inputs[i] : null;

    /// <summary>An input that must be a sequence.</summary>
    public OnnxSequence Sequence(int i) => Value(i) switch
    {
        OnnxSequence sequence => sequence,
        OnnxOptional { Value: OnnxSequence sequence } => sequence,
        var other => throw new OnnxException($"Input {i} is {other?.Describe() ?? "left out"}, but must be a "
            + "sequence."),
    };

    /// <summary>All inputs as tensors.</summary>
    public OnnxTensor[] All => [.. Enumerable.Range(0, inputs.Length).Select(i => this[i])];

    /// <summary>The whole numbers of an input, or null when it is left out.</summary>
    public long[]? Integers(int i) => Maybe(i)?.Integers;

    public long Int(string name, long usual) => node.Int(name, usual);

    public double Float(string name, double usual) => node.Float(name, usual);

    public bool Flag(string name, bool usual = false) => node.Int(name, usual ? 1 : 0) != 0;

    /// <summary>The call of another operator of the standard, with values of its own.</summary>
    public Call With(string op, OnnxValue?[] values, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        With(op, node.Outputs, values, attributes);

    Call With(string op, IEnumerable<string> outputs, OnnxValue?[] values,
        ReadOnlySpan<(string Name, object Value)> attributes)
    {
        Dictionary<string, object> given = [];
        foreach ((string name, object value) in attributes)
            given[name] = value;
        return new(new(node.Name, op, "", [], [.. outputs], given), values, scope, interpreter);
    }

    /// <summary>What another operator of the standard makes of values.</summary>
    public OnnxTensor Apply(string op, OnnxValue?[] values, params ReadOnlySpan<(string Name, object Value)> attributes)
        => (OnnxTensor)Ops.OpTable.Find("", op)!(With(op, values, attributes))[0]!;

    /// <summary>What another operator of the standard makes of values that may lie on the tape.</summary>
    public OnnxValue Compose(string op, OnnxValue?[] values,
        params ReadOnlySpan<(string Name, object Value)> attributes) =>
        interpreter.Run(With(op, node.Outputs.Take(1), values, attributes), values)[0]!;

    /// <summary>The same, with all its outputs.</summary>
    public OnnxValue?[] ComposeAll(string op, OnnxValue?[] values,
        params ReadOnlySpan<(string Name, object Value)> attributes) =>
        interpreter.Run(With(op, values, attributes), values);

    /// <summary>The same, with the attributes of this one.</summary>
    public OnnxValue ComposeSame(string op, OnnxValue?[] values) =>
        interpreter.Run(new(node with { Op = op, Domain = "" }, values, scope, interpreter), values)[0]!;

    /// <summary>What another operator makes of values, with the attributes of this one.</summary>
    public OnnxTensor Same(string op, OnnxValue?[] values) => (OnnxTensor)Ops.OpTable.Find("", op)!(
        new(node with { Op = op, Domain = "" }, values, scope, interpreter))[0]!;

    /// <summary>What is thrown for a form of the op that is not written.</summary>
    public static OnnxNotSupportedException Unknown(string what) => new($"Hondo does not know {what}.");
}

/// <summary>An operator: what a node makes of its inputs.</summary>
delegate OnnxValue?[] Op(Call call);

/// <summary>Names and their values; inner graphs see those around them.</summary>
sealed class Scope(Scope? outer, IReadOnlyDictionary<string, int> opsets)
{
    readonly Dictionary<string, OnnxValue?> _values = [];

    public IReadOnlyDictionary<string, int> Opsets => opsets;

    public int OpsetOf(string domain) => opsets.TryGetValue(domain, out int version) ? version
        : outer?.OpsetOf(domain) ?? 1;

    public void Set(string name, OnnxValue? value) => _values[name] = value;

    public void Drop(string name) => _values.Remove(name);

    public OnnxValue? Get(string name)
    {
        for (Scope? scope = this; scope is not null; scope = scope.Outer)
            if (scope._values.TryGetValue(name, out OnnxValue? value))
                return value;
        throw new OnnxException($"'{name}' has no value: nothing makes it.");
    }

    Scope? Outer => outer;
}
