using Google.Protobuf;
using Hondo.Layers;
using Hondo.Onnx.Export;
using Hondo.Onnx.Proto;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Onnx;

/// <summary>
/// Writes models as ONNX files. The model runs on zeros, and what its ops do is translated one by one: so any layer can
/// be exported that is computed of known ops, a user's own among them. Nodes and weights are named after layers, every
/// value's shape is written down, the batch may have any size, and images are channels first in the file, as other
/// programs expect them: [batch, channels, height, width].
/// </summary>
public static class OnnxExport
{
    // A message of protocol buffers counts its bytes in 32 bits; a part is for what is not weights.
    const long MostBytes = int.MaxValue - (1 << 24);

    /// <summary>
    /// Writes a model. One that was imported and runs node by node is written as it was read; layers behind it, such as
    /// a new head, are written behind it.
    /// </summary>
    /// <param name="model">The model, from one input to one output.</param>
    /// <param name="path">Where, by custom <c>NAME.onnx</c>; its folder exists.</param>
    /// <param name="sample">The shape of one sample, without the batch axis; the card's when left out.</param>
    /// <param name="type">Int32 for tokens.</param>
    /// <param name="options">Version, card, normalization.</param>
    /// <exception cref="OnnxNotSupportedException">An op has no counterpart; the message says which and what would
    /// help.</exception>
    /// <exception cref="ArgumentException">The shape of a sample is not known, or an option is out of its range.
    /// </exception>
    /// <exception cref="ShapeException">The model does not take such samples.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(Layer model, string path, Shape? sample = null, DType type = DType.Float32,
        OnnxExportOptions? options = null)
    {
        options ??= new();
        if (model is OnnxModel imported)
        {
            Write(GraphJoin.WithCard(imported.Proto, options.Card), path);
            return;
        }
        Shape shape = sample ?? options.Card?.InputShape ?? throw new ArgumentException("The shape of a sample is not "
            + "known: pass sample, such as [28, 28, 1], or a card with an InputShape.", nameof(sample));
        if (model is Sequential { Count: > 1 } behind && behind[0] is OnnxModel body
            && behind.Layers.Count(layer => layer is OnnxModel) == 1)
        {
            Write(GraphJoin.Write(behind, body, shape, options), path);
            return;
        }
        ModelCard card = (options.Card ?? new()) with
        {
            Text = ModelText.Print(model),
            InputShape = shape,
            Shared = model.Named.Names.Shared,
            ModelHash = ModelHash.Of(model),
            Version = typeof(OnnxExport).Assembly.GetName().Version!.ToString(3),
        };
        Save(path, [new("input", shape, type)], ["output"], x => [model.Forward(x[0])], model,
            options with { Card = card });
    }

    /// <summary>Writes a computation of several inputs and outputs, such as one step of a recurrent network.</summary>
    /// <param name="path">Where; its folder exists.</param>
    /// <param name="inputs">Names and shapes of the inputs.</param>
    /// <param name="outputs">Names of the outputs.</param>
    /// <param name="computation">From inputs to outputs. It must call no layer outside of <paramref name="model"/>
    /// whose numbers are to have names.</param>
    /// <param name="model">What holds the parameters and states.</param>
    /// <param name="options">Version, card, normalization.</param>
    /// <inheritdoc cref="Save(Layer, string, Shape?, DType, OnnxExportOptions?)"/>
    public static void Save(string path, IReadOnlyList<OnnxInput> inputs, IReadOnlyList<string> outputs,
        Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> computation, Layer model, OnnxExportOptions? options = null)
    {
        if (model.Layers.FirstOrDefault(layer => layer is OnnxModel) is { } inner)
            throw new OnnxNotSupportedException($"{inner.Path}: a graph that runs node by node can only be the first "
                + "layer of what is exported. Export the layers around it by themselves.");
        Write(ModelWriter.Write(inputs, outputs, computation, model, options ?? new()).Proto, path);
    }

    static void Write(ModelProto proto, string path)
    {
        if (proto.Graph.Initializer.Any(weight => weight.DataLocation != 0))
            throw new OnnxNotSupportedException("The model's weights lie in files beside its own: copy the folder.");
        if (proto.Graph.Initializer.Sum(weight => (long)weight.RawData.Length) > MostBytes)
            throw new OnnxNotSupportedException("The model's numbers take more than 2 GB, which an ONNX file cannot "
                + "hold.");
        DurableFile.Write(path, stream =>
        {
            using var output = new CodedOutputStream(stream, leaveOpen: true);
            proto.WriteTo(output);
        });
    }
}

/// <summary>What an exported file looks like.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>The oldest version of ONNX's operators that files are written with.</summary>
    public const int OldestOpset = 17;

    /// <summary>The newest one.</summary>
    public const int NewestOpset = 23;

    /// <summary>The version of ONNX's operators, 17 to 23; the oldest is what most programs read.</summary>
    public int Opset { get; init; } = OldestOpset;

    /// <summary>
    /// What the file says of the model: classes, normalization, metrics. Its texts go into the file's metadata under
    /// the names that safetensors files have.
    /// </summary>
    public ModelCard? Card { get; init; }

    /// <summary>
    /// True writes the card's normalization as nodes, so that the file takes what people have: bytes of images, 0 to
    /// 255, and rows of numbers in their own units.
    /// </summary>
    public bool Normalizes { get; init; }

    /// <summary>
    /// What the axis of time is called, for models of sequences: it then has any length in the file; of models with
    /// tables of positions or masks up to the length of the sample. Null leaves it as long as the sample's.
    /// </summary>
    public string? TimeAxis { get; init; }

    /// <summary>What the axis of samples is called.</summary>
    public string BatchAxis { get; init; } = "batch";
}

/// <summary>An input of an exported computation.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Sample">The shape of one sample, without the batch axis, features last as everywhere in Hondo.</param>
/// <param name="Type">Float32, or Int32 for tokens and other whole numbers, which have 64 bits in the file.</param>
public sealed record OnnxInput(string Name, Shape Sample, DType Type = DType.Float32);
