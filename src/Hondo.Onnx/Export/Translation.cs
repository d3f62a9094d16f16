using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>
/// The call of an op on its way into the file: its operands, and what writes nodes. Nodes get the name of the layer
/// that made the call.
/// </summary>
/// <param name="writer">Where nodes go.</param>
/// <param name="layer">The layer's path.</param>
/// <param name="inputs">The operands.</param>
/// <param name="dims">The axes of the result, as the recording has them.</param>
/// <param name="type">The type of the result.</param>
/// <param name="batch">Gives the name of a whole number: the size of the batch.</param>
sealed partial class Translation(GraphWriter writer, string layer, Value[] inputs, Dim[] dims, DType type,
    Func<string> batch)
{
    /// <summary>The operands.</summary>
    public Value[] Inputs => inputs;

    /// <summary>The axes of the result, as the recording has them.</summary>
    public Dim[] Dims => dims;

    /// <summary>The type of the result.</summary>
    public DType Type => type;

    /// <summary>Where nodes go.</summary>
    public GraphWriter Writer => writer;

    /// <summary>The layer's path.</summary>
    public string Layer => layer;

    /// <summary>A translation that writes into a graph inside this one.</summary>
    public Translation Into(GraphWriter other) => new(other, layer, inputs, dims, type, batch);

    /// <summary>What the caller is told of an op or a form of it that ONNX does not have.</summary>
    public OnnxNotSupportedException Refuse(string what, string mend) =>
        new($"{layer}: {what} cannot be exported to ONNX operators {writer.Opset}. {mend}");

    /// <summary>Writes a node with the axes of the result in the file's order.</summary>
    public Value Node(string op, int[] order, IReadOnlyList<Value> operands,
        params ReadOnlySpan<(string Name, object Value)> attributes) =>
        Node(op, new Value { Dims = [.. order.Select(axis => dims[axis])], Order = order, Type = type }, operands,
            attributes);

    /// <summary>Writes a node of one output.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="like">What comes out, but for its name.</param>
    /// <param name="operands">What goes in; null is left out.</param>
    /// <param name="attributes">Numbers and texts.</param>
    public Value Node(string op, Value like, IReadOnlyList<Value?> operands,
        params ReadOnlySpan<(string Name, object Value)> attributes) =>
        Nodes(op, [like], operands, attributes)[0];

    /// <summary>Writes a node of several outputs.</summary>
    public Value[] Nodes(string op, IReadOnlyList<Value> like, IReadOnlyList<Value?> operands,
        params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        bool isMain = op is not ("Transpose" or "Reshape" or "Unsqueeze" or "Squeeze" or "Expand" or "Cast" or "Slice");
        string[] outputs = writer.Add(op, layer, [.. operands.Select(x => x is null ? "" : NameOf(x))], like.Count,
            isMain, attributes);
        var values = new Value[like.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = like[i] with { Name = outputs[i], Weight = null, Repeated = null };
            values[i] = values[i] with { IsTruth = GivesTruth(op, like[i], attributes) };
            writer.Describe(values[i]);
        }
        return values;
    }

    static bool GivesTruth(string op, Value like, ReadOnlySpan<(string Name, object Value)> attributes) => op switch
    {
        "Greater" or "GreaterOrEqual" or "Less" or "LessOrEqual" or "Equal" or "Not" or "And" or "Or" => true,
        "Cast" => attributes[0].Value.Equals(GraphWriter.TypeOf(null)),
        "Transpose" or "Reshape" or "Expand" => like.IsTruth,
        _ => false,
    };

    /// <summary>The name of a value, whose numbers are written down when it is a weight.</summary>
    public string NameOf(Value x) => x.Name ?? (x.Weight is { } weight ? writer.Add(WantedName(weight), weight)
        : Repeat(x).Name!);

    string WantedName(Weight weight) => writer.NameOf(weight.Leaves[0]) ?? $"{layer}.constant";

    /// <summary>Whole numbers, which many operators take as shapes and axes.</summary>
    public static Value Integers(params int[] numbers) => Of(Weight.Of(numbers, numbers.Length));

    /// <summary>One number.</summary>
    public static Value Number(double number) => Of(Weight.Of([(float)number]));

    /// <summary>Numbers that are known.</summary>
    public static Value Of(Weight weight) => new()
    {
        Dims = [.. weight.Dims.Select(length => new Dim(length))], Order = Value.Plain(weight.Dims.Length),
        Type = weight.Type, Weight = weight,
    };
}
