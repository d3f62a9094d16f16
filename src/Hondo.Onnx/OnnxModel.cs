using Hondo.Layers;
using Hondo.Onnx.Graphs;
using Hondo.Onnx.Import;
using Hondo.Onnx.Runtime;
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
    public static Layer Load(string path, string? output = null)
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
        (Sequential? layers, string reason) = LayerBuilder.Build(file.Graph, name);
        return layers is not null ? layers : new OnnxModel(file, place, reason);
    }

    /// <summary>What a file says of its model: what <see cref="OnnxExport"/> wrote, else the shape of a sample alone.
    /// </summary>
    /// <exception cref="OnnxException">The file is no ONNX file, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ModelCard CardOf(string path)
    {
        OnnxFile file = OnnxFile.Read(path);
        try
        {
            ModelCard card = ModelCardText.Read(file.Metadata);
            return card.InputShape is null ? card with { InputShape = SampleOf(file.Graph) } : card;
        }
        catch (FormatException error) when (error is not OnnxException)
        {
            throw new OnnxException($"'{System.IO.Path.GetFileName(path)}': {error.Message}.", error);
        }
    }

    // [batch, channels, height, width] or [batch, features], where the file tells all lengths but the first.
    static Shape? SampleOf(Graph graph)
    {
        if (graph.Needed is not [{ Kind: "tensor", Dims: { Count: 2 or 4 } dims }])
            return null;
        int[] lengths = [.. dims.Skip(1).Select(dim => int.TryParse(dim, out int length) ? length : 0)];
        return lengths.Any(length => length < 1) ? null : lengths.Length == 1 ? [lengths[0]]
            : [lengths[1], lengths[2], lengths[0]];
    }

    /// <summary>The model as its file has it.</summary>
    internal Proto.ModelProto Proto => _file.Proto;

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        if (_file.Graph.Needed.Count != 1)
            throw new OnnxException($"The model takes {_file.Graph.Needed.Count} inputs "
                + $"({string.Join(", ", _file.Graph.Needed.Select(i => i.Name))}); a layer passes one.");
        return Bridge.ToTensor(new Interpreter(_file).Run([Bridge.ToValue(x, _file.Graph.Needed[0])])[_output]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"OnnxModel({_file.Graph.Nodes.Count} nodes)";
}
