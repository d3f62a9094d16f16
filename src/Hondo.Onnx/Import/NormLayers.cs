using Hondo.Layers;
using Hondo.Onnx.Graphs;
using Hondo.Onnx.Values;
using Hondo.Tensors;

namespace Hondo.Onnx.Import;

/// <summary>Batch norms, and the scales and shifts that are batch norms with fixed statistics.</summary>
static class NormLayers
{
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

    /// <summary>y = a x, channel by channel.</summary>
    public static BatchNorm Scale(OnnxTensor factors) => Line(factors.AsFloats(), new float[factors.Size]);

    /// <summary>y = x + c, channel by channel.</summary>
    public static BatchNorm Shift(OnnxTensor shifts) => Line([.. Enumerable.Repeat(1f, shifts.Size)], shifts.AsFloats());

    /// <summary>y = x + c, feature by feature.</summary>
    public static BatchNorm Bias(OnnxTensor shifts) => Shift(shifts);

    // Momentum 0 keeps the statistics: mean 0, and a variance that with ε is 1.
    static BatchNorm Line(float[] factors, float[] shifts)
    {
        const float Epsilon = 1.0f / (1 << 17);
        var layer = new BatchNorm(factors.Length, momentum: 0, Epsilon);
        Set(layer, factors, shifts);
        layer.Variance.Set(Tensor.Full(layer.Variance.Shape, 1 - Epsilon));
        return layer;
    }

    static void Set(BatchNorm layer, float[] scale, float[] shift)
    {
        layer.Scale!.Set(Tensor.Of(scale, layer.Scale.Shape));
        layer.Shift!.Set(Tensor.Of(shift, layer.Shift.Shape));
    }
}
