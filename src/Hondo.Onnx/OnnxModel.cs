using Hondo.Layers;
using Hondo.Onnx.Export;
using Hondo.Onnx.Graphs;
using Hondo.Onnx.Import;
using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Onnx;

/// <summary>
/// An ONNX file as a layer. Images are [batch, height, width, channels] here as everywhere in Hondo, whatever the file
/// has. <see cref="Load"/> gives Hondo's own layers where the graph is one that they make up: it then trains, is saved,
/// drawn and made ready by Predictor like any other. What <see cref="OnnxExport"/> wrote becomes the model that it was,
/// of any layers, to the bit. Other graphs run node by node, in inference alone.
/// </summary>
public sealed class OnnxModel : Layer
{
    readonly OnnxFile _file;
    readonly int _output;

    OnnxModel(OnnxFile file, int output, string reason) => (_file, _output, Reason) = (file, output, reason);

    /// <summary>Why the graph is run node by node instead of as Hondo's own layers.</summary>
    public string Reason { get; }

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
        OnnxFile file = ConstantFolding.Fold(Normalizer.Raise(read));
        if (file.Graph.Outputs.Count == 0)
            throw new OnnxException($"'{System.IO.Path.GetFileName(path)}' has no output.");
        string name = output ?? file.Graph.Outputs[0].Name;
        int place = file.Graph.Outputs.Select(o => o.Name).ToList().IndexOf(name);
        if (place < 0)
            throw new OnnxException($"'{System.IO.Path.GetFileName(path)}' has no output '{name}'. It has "
                + $"{string.Join(", ", file.Graph.Outputs.Select(o => o.Name))}.");
        if (isScores && ScoresOf(file.Graph, name) is { } scores)
        {
            ValueInfo before = file.Graph.Outputs[place] with { Name = scores };
            file = file with { Graph = file.Graph with { Outputs = [before] } };
            (name, place) = (scores, 0);
        }
        (Sequential? layers, string reason) = LayerBuilder.Build(file.Graph, name);
        return layers is not null ? layers : new OnnxModel(file, place, reason);
    }

    // What a softmax over the classes makes probabilities of.
    static string? ScoresOf(Graph graph, string output)
    {
        Graphs.Node? maker = graph.Nodes.LastOrDefault(node => node.Outputs.Contains(output));
        while (maker is { Op: "Identity", Domain: "" } identity)
            maker = graph.Nodes.LastOrDefault(node => node.Outputs.Contains(identity.Inputs[0]));
        return maker is { Op: "Softmax", Domain: "" } && maker.Int("axis", -1) is -1 or 1 ? maker.Inputs[0] : null;
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

    /// <summary>The model as its file has it.</summary>
    internal Proto.ModelProto Proto => _file.Proto;

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        if (_file.Graph.Needed.Count != 1)
            throw new OnnxException($"The model takes {_file.Graph.Needed.Count} inputs "
                + $"({string.Join(", ", _file.Graph.Needed.Select(i => i.Name))}); a layer passes one.");
        ValueInfo input = _file.Graph.Needed[0];
        return Bridge.ToTensor(new Interpreter(_file).Run([Bridge.ToValue(x, input)])[_output], input.IsFeaturesLast);
    }

    /// <inheritdoc/>
    public override string ToString() => $"OnnxModel({_file.Graph.Nodes.Count} nodes)";
}
