using System.Text.Json;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Tests.Golden;

namespace Hondo.Tests.Layers;

/// <summary>Attention, whole blocks with it, and embeddings in float64 against PyTorch.</summary>
public sealed class AttentionParityTests
{
    static readonly string[] Kinds = ["scaled_dot_product_attention", "multihead_attention", "embedding",
        "transformer_encoder_layer"];

    public static TheoryData<string> Cases => ParityFile.Folder is null ? []
        : [.. ParityFile.Names("layer").Where(name => Kinds.Contains(ParityFile.Case(name).Op))];

    [ParityTheory, MemberData(nameof(Cases))]
    public void Values_and_gradients_are_those_of_PyTorch(string name)
    {
        ParityCase golden = ParityFile.Case(name);
        var inputs = golden.Json.GetProperty("inputs").EnumerateObject()
            .Where(input => golden.Has("grads", input.Name))
            .ToDictionary(input => input.Name, input => Parameter.Of(golden.Tensor("inputs", input.Name).ToTensor()));
        using var step = new Tape().Open(new StepInfo(Mode.Training, 1, 1));
        (Tensor y, Tensor? weights, Layer? layer) = Compute(golden, inputs);
        Tensor loss = (y * golden.Tensor("gouts", "y").ToTensor()).Sum();
        AssertClose("y", golden.Tensor("outputs", "y").Values, y);
        if (weights is { } w && golden.Has("gouts", "weights"))
        {
            AssertClose("weights", golden.Tensor("outputs", "weights").Values, w);
            loss += (w * golden.Tensor("gouts", "weights").ToTensor()).Sum();
        }
        loss.Backward();
        foreach ((string key, Parameter input) in inputs)
        {
            Parameter? own = layer?.Parameters.FirstOrDefault(p => InFile(p.Name) == key);
            AssertClose("gradient of " + key, golden.Tensor("grads", key).Values, (own ?? input).Gradient);
        }
    }

    static (Tensor Y, Tensor? Weights, Layer? Layer) Compute(ParityCase golden, Dictionary<string, Parameter> x)
    {
        bool isCausal = golden.Has("inputs", "mask");
        switch (golden.Op)
        {
            case "embedding":
                return (((Tensor)x["weight"]).Embedding(golden.Tensor("inputs", "index").ToLabels(),
                    golden.Attributes.TryGetProperty("padding_idx", out JsonElement row) ? row.GetInt32() : null), null,
                    null);
            case "scaled_dot_product_attention":
                Tensor y = Joined(x["q"]).Attention(Joined(x["k"]), Joined(x["v"]), heads: 4, isCausal);
                return (y.Reshape([y.Shape[0], y.Shape[1], 4, y.Shape[2] / 4]).Permute(0, 2, 1, 3), null, null);
            case "multihead_attention":
                var attention = new MultiHeadAttention(4, (int)golden["heads"], causal: isCausal);
                Take(golden, attention);
                return x.TryGetValue("query", out Parameter? query)
                    ? (attention.Forward(query, x["memory"], null), null, attention)
                    : (attention.Forward(x["x"]), attention.Weights(x["x"]), attention);
            default:
                Layer block = Encoder(golden);
                Take(golden, block);
                return (block.Forward(x["x"]), null, block);
        }
    }

    // [batch, heads, steps, features] as heads side by side.
    static Tensor Joined(Tensor x) => x.Permute(0, 2, 1, 3).Reshape([x.Shape[0], x.Shape[2], x.Shape[1] * x.Shape[3]]);

    static Layer Encoder(ParityCase golden)
    {
        int features = golden.Tensor("inputs", "x").Axes[^1], wide = (int)golden["feedforward"];
        string attention = $"MultiHeadAttention({features}, {golden["heads"]})", norm = $"LayerNorm({features})";
        string linear = $"Linear({features}, {wide}), Gelu(), Linear({wide}, {features})";
        return ModelText.Parse(golden.Is("norm_first")
            ? $"Sequential(Residual(Sequential({norm}, {attention})), Residual(Sequential({norm}, {linear})))"
            : $"Sequential(Residual({attention}), {norm}, Residual(Sequential({linear})), {norm})");
    }

    static void Take(ParityCase golden, Layer layer)
    {
        layer.To(DType.Float64);
        foreach (Parameter parameter in layer.Parameters)
            parameter.Set(golden.Tensor("inputs", InFile(parameter.Name)).ToTensor());
    }

    // What PyTorch's encoder layer calls the parameters of these blocks.
    static string InFile(string name) => name switch
    {
        "0.body.0.weight" or "1.weight" => "norm1.weight",
        "0.body.0.bias" or "1.bias" => "norm1.bias",
        "1.body.0.weight" or "3.weight" => "norm2.weight",
        "1.body.0.bias" or "3.bias" => "norm2.bias",
        "1.body.1.weight" or "2.body.0.weight" => "linear1.weight",
        "1.body.1.bias" or "2.body.0.bias" => "linear1.bias",
        "1.body.3.weight" or "2.body.2.weight" => "linear2.weight",
        "1.body.3.bias" or "2.body.2.bias" => "linear2.bias",
        _ => name.Replace("0.body.1.", "self_attn.", StringComparison.Ordinal)
            .Replace("0.body.", "self_attn.", StringComparison.Ordinal),
    };

    static void AssertClose(string what, double[] expected, Tensor actual)
    {
        double[] numbers = actual.ToArray<double>();
        Assert.Equal(expected.Length, numbers.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - numbers[i]) <= 1e-11,
                $"{what}, number {i}: {numbers[i]:R} instead of {expected[i]:R}");
    }
}
