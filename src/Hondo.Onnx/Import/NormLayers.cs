using Hondo.Layers;
using Hondo.Onnx.Values;
using Hondo.Tensors;

namespace Hondo.Onnx.Import;

/// <summary>Batch norms, and scales and shifts of channels.</summary>
static class NormLayers
{
    public static Form? FormOf(Form x, OnnxTensor? scale) => scale is null ? null : x.Layout switch
    {
        // The features of a flattened image lie in another order here.
        Layout.Rows => x.Channels > 0 ? null : x,
        _ => scale.Size == x.Channels ? x : null,
    };

    public static BatchNorm Make(Node node, Func<int, OnnxTensor?> constant)
    {
        OnnxTensor[] parts = [.. Enumerable.Range(1, 4).Select(i => constant(i)
            ?? throw new NoLayerException($"the weights of {node.Label} are computed"))];
        if (node.Int("training_mode", 0) != 0)
            throw new NoLayerException($"{node.Label} is written for training");
        double epsilon = node.Float("epsilon", 1e-5);
        var layer = new BatchNorm(parts[0].Size, Math.Clamp(1 - node.Float("momentum", 0.9), 0, 1), epsilon);
        Set(layer, parts[0].AsFloats(), parts[1].AsFloats());
        layer.Mean.Set(Tensor.Of(parts[2].AsFloats(), layer.Mean.Shape));
        layer.Variance.Set(Tensor.Of(parts[3].AsFloats(), layer.Variance.Shape));
        return layer;
    }

    /// <summary>
    /// Takes scales and shifts of channels into the layer before them: a batch norm's own, or a convolution's weights.
    /// </summary>
    public static List<Layer> Absorb(List<Layer> layers)
    {
        List<Layer> kept = [];
        foreach (Layer layer in layers)
            if (layer is not ChannelLine line)
                kept.Add(layer);
            else if (kept.Count == 0 || !Absorb(kept[^1], line))
                kept.Add(line);
        return kept;
    }

    /// <summary>Scales and shifts with nothing before them: the normalization of pictures, which stays as it is.
    /// </summary>
    /// <param name="layers">The whole network's.</param>
    public static List<Layer> Begin(List<Layer> layers)
    {
        while (layers is [ChannelLine first, ChannelLine second, ..])
            layers = [first.Then(second), .. layers[2..]];
        if (layers is [ChannelLine line, ..])
            layers[0] = new Rescale([.. line.Factors.Select(x => (double)x)], [.. line.Shifts.Select(x => (double)x)]);
        return layers.Any(layer => layer.Layers.Any(inner => inner is ChannelLine)) ? throw new NoLayerException(
            "channels are scaled or shifted where no layer before can do it") : layers;
    }

    static bool Absorb(Layer layer, ChannelLine line)
    {
        switch (layer)
        {
            case BatchNorm norm:
                Apply(norm.Scale!, line.Factors, null);
                Apply(norm.Shift!, line.Factors, line.Shifts);
                return true;
            case Conv2d { Bias: not null } convolution:
                Apply(convolution.Weight, line.Factors, null);
                Apply(convolution.Bias, line.Factors, line.Shifts);
                return true;
            default:
                return false;
        }
    }

    // The channels are the last axis.
    static void Apply(Parameter parameter, float[] factors, float[]? shifts)
    {
        Span<float> numbers = parameter.Values<float>();
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = numbers[i] * factors[i % factors.Length] + (shifts?[i % factors.Length] ?? 0);
    }

    static void Set(BatchNorm layer, float[] scale, float[] shift)
    {
        layer.Scale!.Set(Tensor.Of(scale, layer.Scale.Shape));
        layer.Shift!.Set(Tensor.Of(shift, layer.Shift.Shape));
    }
}

/// <summary>y = a x + c, channel by channel: only until the layer before has taken it in.</summary>
sealed class ChannelLine(float[] factors, float[] shifts) : Layer
{
    public float[] Factors => factors;

    public float[] Shifts => shifts;

    /// <summary>The line of an operator with constants, one for each channel or one for all.</summary>
    public static ChannelLine Of(string op, float[] constants, int channels)
    {
        float[] all = constants.Length == channels ? constants : [.. Enumerable.Repeat(constants[0], channels)];
        float[] ones = [.. Enumerable.Repeat(1f, channels)];
        return op switch
        {
            "Mul" => new(all, new float[channels]),
            "Div" => new([.. all.Select(c => 1 / c)], new float[channels]),
            "Sub" => new(ones, [.. all.Select(c => -c)]),
            _ => new(ones, all),
        };
    }

    /// <summary>This line, then another.</summary>
    public ChannelLine Then(ChannelLine next) => new([.. factors.Zip(next.Factors, (a, b) => a * b)],
        [.. shifts.Zip(next.Factors, (c, b) => c * b).Zip(next.Shifts, (c, d) => c + d)]);

    protected override Tensor Run(Tensor x) =>
        throw new InvalidOperationException("A scale of channels is no layer of its own.");
}
