using Hondo.Layers;
using Hondo.Onnx.Export;
using Hondo.Onnx.Gradients;
using Hondo.Onnx.Graphs;
using Hondo.Onnx.Import;
using Hondo.Onnx.Proto;
using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Onnx;

/// <summary>
/// An ONNX file as a layer. Images are [batch, height, width, channels] here as everywhere in Hondo, whatever the file
/// has. <see cref="Load"/> gives Hondo's own layers where the graph is one that they make up: it then trains, is saved,
/// drawn and made ready by Predictor like any other. What <see cref="OnnxExport"/> wrote becomes the model that it was,
/// of any layers, to the bit. Other graphs run node by node, by Hondo's own ops: they train, freeze and are saved too;
/// a node without a gradient is named when training reaches it.
/// </summary>
public sealed class OnnxModel : Layer, ICataloged<Layer>
{
    readonly ModelProto _skeleton;
    readonly OnnxFile _file;
    readonly Dictionary<string, Parameter> _weights = [];
    readonly Dictionary<string, State> _statistics = [];
    string? _text;

    OnnxModel(ModelProto skeleton, string reason)
    {
        (_skeleton, Reason) = (skeleton, reason);
        foreach ((string name, Shape shape, bool isStatistic) in Skeleton.WeightsOf(skeleton))
            if (isStatistic)
                _statistics[name] = new(shape, 0);
            else
                _weights[name] = new(shape, new Initializers.Zeros());
        _file = ConstantFolding.Fold(Normalizer.Raise(OnnxFile.Of(skeleton)));
    }

    /// <summary>Why the graph is run node by node instead of as Hondo's own layers.</summary>
    public string Reason { get; }

    /// <summary>The graph that a model's text has; its weights are not there yet.</summary>
    /// <exception cref="OnnxException">It is damaged.</exception>
    public static OnnxModel FromText(string graph) => new(Skeleton.FromText(graph), "it was saved so");

    /// <summary>How model texts name it: once registered, files of such models load like any other.</summary>
    public static CatalogLine<Layer> Line { get; } = new("OnnxModel(graph)", arguments =>
        arguments.Try<Layer>(() => FromText(arguments.Text("graph"))));

    /// <summary>The network of a file, as a layer from its first input to one of its outputs.</summary>
    /// <param name="path">An ONNX file.</param>
    /// <param name="output">The output's name; the first one when left out.</param>
    /// <returns>A <see cref="Sequential"/> of Hondo's own layers, or an <see cref="OnnxModel"/>.</returns>
    /// <exception cref="OnnxException">The file is no ONNX file, damaged, or has no such output.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Layer Load(string path, string? output = null) => Read(path, output, isScores: false);

    /// <summary>The same network without a softmax at its end: scores are what losses and metrics are told.</summary>
    /// <inheritdoc cref="Load(string, string?)"/>
    public static Layer LoadScores(string path, string? output = null)
    {
        Layer model = Read(path, output, isScores: true);
        return model is Sequential { Count: > 1 } layers && layers[^1] is Softmax ? layers[..^1] : model;
    }

    static Layer Read(string path, string? output, bool isScores)
    {
        OnnxFile read = OnnxFile.Read(path);
        if (OwnFile.Rebuild(read, output) is { } own)
            return own;
        OnnxFile raised = Normalizer.Raise(read), file = ConstantFolding.Fold(raised);
        if (file.Graph.Outputs.Count == 0)
            throw new OnnxException($"'{System.IO.Path.GetFileName(path)}' has no output.");
        string name = output ?? file.Graph.Outputs[0].Name;
        ValueInfoProto info = read.Proto.Graph.Output.FirstOrDefault(o => o.Name == name) ?? throw new OnnxException(
            $"'{System.IO.Path.GetFileName(path)}' has no output '{name}'. It has "
                + $"{string.Join(", ", file.Graph.Outputs.Select(o => o.Name))}.");
        if (isScores && Heads.ScoresOf(file.Graph, name) is { } scores)
        {
            ValueInfo before = file.Graph.Outputs.First(o => o.Name == name) with { Name = scores };
            file = file with { Graph = file.Graph with { Outputs = [before] } };
            (name, info) = (scores, new ValueInfoProto { Name = scores, Type = info.Type });
        }
        (Sequential? layers, string reason) = LayerBuilder.Build(file.Graph, name);
        return layers is not null ? layers : Of(read, raised, [info], reason);
    }

    /// <summary>The outputs of a file as one graph, with its weights.</summary>
    internal static OnnxModel Of(OnnxFile read, OnnxFile raised, IReadOnlyList<ValueInfoProto> outputs, string reason)
    {
        OnnxFile outer = OuterWeights.Of(read);
        GraphWeights weights = GraphWeights.Of(outer == read ? raised : Normalizer.Raise(outer));
        var model = new OnnxModel(Skeleton.Of(outer, outputs, weights), reason);
        foreach ((string name, Parameter parameter) in model._weights)
            parameter.Set(Tensor.Of(weights.Weights[name].AsFloats(), parameter.Shape));
        foreach ((string name, State state) in model._statistics)
            state.Set(Tensor.Of(weights.Statistics[name].AsFloats(), state.Shape));
        return model;
    }

    /// <summary>
    /// The graph up to its last layer with weights, which says what the classes are; the weights before it are the same
    /// ones.
    /// </summary>
    /// <returns>The body, or null where the outputs do not come from one linear layer.</returns>
    public OnnxModel? WithoutHead()
    {
        if (_file.Graph.Outputs.Count != 1 || Heads.FeaturesOf(_file.Graph, _weights.ContainsKey) is not { } features)
            return null;
        var info = new ValueInfoProto { Name = features, Type = new() { TensorType = new() { ElemType = 1 } } };
        var body = new OnnxModel(Skeleton.Of(OnnxFile.Of(_skeleton), [info], new(
            new Dictionary<string, OnnxTensor>(), new Dictionary<string, OnnxTensor>())), Reason);
        foreach (string name in body._weights.Keys.ToArray())
            body._weights[name] = _weights[name];
        foreach (string name in body._statistics.Keys.ToArray())
            body._statistics[name] = _statistics[name];
        return body;
    }

    /// <summary>What a file says of its model: what <see cref="OnnxExport"/> wrote, else the shape of a sample and,
    /// of files that take bytes of pixels, that they do.</summary>
    /// <exception cref="OnnxException">The file is no ONNX file, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ModelCard CardOf(string path)
    {
        OnnxFile file = OnnxFile.Read(path);
        try
        {
            ModelCard card = ModelCardText.Read(file.Metadata);
            card = card.InputShape is null ? card with { InputShape = SampleOf(file.Graph) } : card;
            bool isBytes = file.Graph.Needed is [{ Type: ElementType.UInt8 }];
            return isBytes && card.Normalization.Length == 0 ? card with { Normalization = RawInput.Bytes } : card;
        }
        catch (FormatException error) when (error is not OnnxException)
        {
            throw new OnnxException($"'{System.IO.Path.GetFileName(path)}': {error.Message}.", error);
        }
    }

    // [batch, channels, height, width], images features last, or [batch, features], where the file tells all lengths
    // but the first.
    static Shape? SampleOf(Graph graph)
    {
        if (graph.Needed is not [{ Kind: "tensor", Dims: { Count: 2 or 4 } dims } input])
            return null;
        int[] lengths = [.. dims.Skip(1).Select(dim => int.TryParse(dim, out int length) ? length : 0)];
        return lengths.Any(length => length < 1) ? null : lengths.Length == 1 ? [lengths[0]]
            : input.IsFeaturesLast ? [.. lengths] : [lengths[1], lengths[2], lengths[0]];
    }

    /// <summary>The model as a file has it, with the weights that it has now.</summary>
    internal ModelProto Proto => Skeleton.Fill(_skeleton, name => _weights.TryGetValue(name, out Parameter? parameter)
        ? parameter.Value.ToArray<float>() : _statistics[name].Value.ToArray<float>());

    /// <summary>What a caller passes.</summary>
    internal IReadOnlyList<ValueInfo> Inputs => [.. _file.Graph.Needed.Where(input => !IsWeight(input.Name))];

    /// <summary>What the graph gives.</summary>
    internal IReadOnlyList<ValueInfo> Outputs => _file.Graph.Outputs;

    bool IsWeight(string name) => _weights.ContainsKey(name) || _statistics.ContainsKey(name);

    /// <summary>The outputs, on the tape where weights or floating inputs reach them.</summary>
    internal OnnxValue?[] Run(IReadOnlyDictionary<string, OnnxValue?> inputs, DType type) =>
        new Interpreter(_file, new TapeRunner(type)).Run([.. _file.Graph.Needed.Select(input =>
            _weights.TryGetValue(input.Name, out Parameter? weight) ? TapeValue.Of(weight.Value, input.Type)
            : _statistics.TryGetValue(input.Name, out State? state) ? TapeValue.Of(state.Value, input.Type, state)
            : inputs[input.Name])]);

    /// <summary>What the weights are computed with.</summary>
    internal DType TypeOfWeights => _weights.Values.FirstOrDefault()?.DType ?? DType.Float32;

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        if (Inputs is not [var input])
            throw new OnnxException($"The model takes {Inputs.Count} inputs "
                + $"({string.Join(", ", Inputs.Select(i => i.Name))}); a layer passes one.");
        Dictionary<string, OnnxValue?> given = new() { [input.Name] = Bridge.ToTapeValue(x, input) };
        return Bridge.ToTensor(Run(given, x.DType.IsFloating ? x.DType : TypeOfWeights)[0], input.IsFeaturesLast,
            Outputs[0].Name);
    }

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts)
    {
        foreach ((string name, Parameter parameter) in _weights)
            parts.AddAs(name, parameter);
        foreach ((string name, State state) in _statistics)
            parts.AddAs(name, state);
    }

    /// <summary>The call that builds it anew, with the graph as a text.</summary>
    public override string ToString() => _text ??= new CallWriter("OnnxModel").Add(Skeleton.ToText(_skeleton))
        .ToString();
}
