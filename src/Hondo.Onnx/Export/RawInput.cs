using Hondo.Data;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>Nodes that make of what people have what the model was trained on.</summary>
static class RawInput
{
    // A picture's byte stands for a number from 0 to 1.
    const double Unit = 1 / 255.0;

    /// <summary>What makes bytes of pixels from 0 to 1, as a card has it.</summary>
    public static string Bytes { get; } = new Normalization([0], [(float)Unit]).ToText();

    /// <summary>What is left to do before a graph that normalizes by itself.</summary>
    public static ModelCard Outside(ModelCard card) =>
        card with { Normalization = card.InputShape is { Rank: 3 } ? Bytes : "" };

    /// <summary>(x − mean) / deviation, of bytes or of numbers.</summary>
    public static Value Normalize(GraphWriter writer, Value x, Normalization normalization, bool isBytes)
    {
        int features = normalization.Mean.Length;
        var at = new Translation(writer, "normalization", [x], x.Recorded, DType.Float32,
            () => throw new InvalidOperationException());
        double unit = isBytes ? Unit : 1;
        float[] center = [.. normalization.Mean.ToArray().Select(mean => (float)(mean / unit))];
        // A feature that never varied in training becomes 0.
        float[] gain = [.. normalization.Deviation.ToArray().Select(d => d == 0 ? 0 : (float)(unit / d))];
        Shape sample = [.. x.Recorded[1..].Select(dim => dim.Length)];
        Shape shape = features == 1 ? [] : features == sample[^1] ? [features] : features == sample.Size ? sample
            : throw new ArgumentException($"The normalization has {features} means, which do not fit samples {sample}: "
                + "give the card the normalization that the model was trained with.");
        Value input = isBytes ? at.Node("Cast", x, [x], ("to", GraphWriter.TypeOf(DType.Float32))) : x;
        return at.Elementwise("Mul", at.Elementwise("Sub", input, Of(center, shape)), Of(gain, shape));
    }

    static Value Of(float[] numbers, Shape shape) => Translation.Of(Weight.Of(numbers, [.. shape]));
}
