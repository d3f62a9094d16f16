using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Onnx;

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

    /// <summary>What the axis of samples is called.</summary>
    public string BatchAxis { get; init; } = "batch";
}

/// <summary>An input of an exported computation.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Sample">The shape of one sample, without the batch axis, features last as everywhere in Hondo.</param>
/// <param name="Type">Float32, or Int32 for tokens and other whole numbers, which have 64 bits in the file.</param>
public sealed record OnnxInput(string Name, Shape Sample, DType Type = DType.Float32);
