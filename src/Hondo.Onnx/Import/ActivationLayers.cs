using Hondo.Layers;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Import;

/// <summary>Functions of each number by itself.</summary>
static class ActivationLayers
{
    public static Layer Make(Node node, Func<int, OnnxTensor?> constant) => node.Op switch
    {
        "Relu" => new Relu(),
        "Clip" => Clip(constant),
        "Sigmoid" => new Sigmoid(),
        "Tanh" => new Tanh(),
        "LeakyRelu" => new LeakyRelu(node.Float("alpha", 0.01)),
        "Elu" => new Elu(node.Float("alpha", 1)),
        "Celu" => new Celu(node.Float("alpha", 1)),
        "Selu" when !node.Has("alpha") && !node.Has("gamma") => new Selu(),
        "Softplus" => new Softplus(),
        "Softsign" => new Softsign(),
        "HardSwish" => new HardSwish(),
        "Mish" => new Mish(),
        "Gelu" => node.Text("approximate", "none") == "tanh" ? new GeluTanh() : new Gelu(),
        "Dropout" => new Dropout(Math.Clamp(constant(1)?.Numbers[0] ?? 0.5, 0, 0.99)),
        "HardSigmoid" when node.Float("alpha", 0.2) is > 0.1666 and < 0.1667 => new HardSigmoid(),
        _ => throw new NoLayerException($"there is no layer for {node.Label}"),
    };

    static Layer Clip(Func<int, OnnxTensor?> constant) => (constant(1)?.Numbers[0], constant(2)?.Numbers[0]) switch
    {
        (0, 6) => new Relu6(),
        (0, null or double.PositiveInfinity) => new Relu(),
        var (low, high) => throw new NoLayerException($"there is no layer for Clip({low}, {high})"),
    };
}
