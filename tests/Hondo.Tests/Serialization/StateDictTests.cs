using Hondo.Layers;
using Hondo.Models;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Tests.Data;

namespace Hondo.Tests.Serialization;

/// <summary>Numbers go to PyTorch and come from it: both compute the same with them.</summary>
public sealed class StateDictTests
{
    static readonly Dictionary<string, (Func<Layer> Model, Shape Input)> All = new()
    {
        ["mlp"] = (() => ModelText.Parse("Sequential(Linear(6, 8), Tanh(), Linear(8, 3))"), [6]),
        ["cnn"] = (() => ModelText.Parse("Sequential(Conv2d(2, 4, kernel: 3, padding: 1), BatchNorm(4), "
            + "PRelu(channels: 4), MaxPool2d(2), Conv2d(4, 6, kernel: 2, groups: 2), "
            + "ConvTranspose2d(6, 5, kernel: 2, bias: false), Flatten(), BatchNorm(60), Dropout(0.5), "
            + "Linear(60, 5))"), [6, 8, 2]),
        ["resnet"] = (() => ResNets.ForSmallImages([8, 8, 3], 4, layers: 8), [8, 8, 3]),
        ["lstm"] = (() => new Sequential(new Lstm(3, 4, layers: 2, bidirectional: true), new Linear(8, 2)), [5, 3]),
        ["gru"] = (() => new Sequential(new Gru(3, 5), new Linear(5, 2)), [5, 3]),
        ["transformer"] = (() => ModelText.Parse("Sequential(Residual(Sequential(LayerNorm(6), MultiHeadAttention(6, 2)"
            + ")), Residual(Sequential(LayerNorm(6), Linear(6, 12), Gelu(), Linear(12, 6))))"), [4, 6]),
    };

    static Tensor Input(string name) =>
        Tensor.RandomNormal(Shape.Create([3, .. All[name].Input]), 5, RandomStream.Of(name));

    // PyTorch's encoder layer has names of its own for these blocks.
    static string InTorch(string name) => name.Replace("0.body.0.", "norm1.", StringComparison.Ordinal)
        .Replace("0.body.1.", "self_attn.", StringComparison.Ordinal)
        .Replace("1.body.0.", "norm2.", StringComparison.Ordinal)
        .Replace("1.body.1.", "linear1.", StringComparison.Ordinal)
        .Replace("1.body.3.", "linear2.", StringComparison.Ordinal);

    static string FromTorch(string name) => name.Replace("norm1.", "0.body.0.", StringComparison.Ordinal)
        .Replace("self_attn.", "0.body.1.", StringComparison.Ordinal)
        .Replace("norm2.", "1.body.0.", StringComparison.Ordinal)
        .Replace("linear1.", "1.body.1.", StringComparison.Ordinal)
        .Replace("linear2.", "1.body.3.", StringComparison.Ordinal);

    [TorchFact]
    public void PyTorch_computes_the_same_with_Hondos_numbers()
    {
        using var scratch = new ScratchFolder();
        NumpyFile.WriteArchive(scratch["inputs.npz"], All.Keys.ToDictionary(name => name, Input));
        Dictionary<string, Layer> models = [];
        foreach ((string name, (Func<Layer> make, Shape input)) in All)
        {
            Layer model = models[name] = make().Initialize(7);
            foreach (State state in model.States)
                state.Set(Tensor.RandomUniform(state.Shape, 9, RandomStream.Of(state.Name), 0.5, 1.5));
            ModelFile.SaveStateDict(model, scratch[$"{name}.safetensors"], input,
                name == "transformer" ? InTorch : null);
        }
        TorchFactAttribute.Run(TorchModels.Program, scratch.Folder, "load");
        AssertEqual(models, NumpyFile.ReadArchive(scratch["outputs.npz"]));
    }

    [TorchFact]
    public void Hondo_computes_the_same_with_PyTorchs_numbers()
    {
        using var scratch = new ScratchFolder();
        NumpyFile.WriteArchive(scratch["inputs.npz"], All.Keys.ToDictionary(name => name, Input), compress: true);
        TorchFactAttribute.Run(TorchModels.Program, scratch.Folder, "save");
        Dictionary<string, Layer> models = [];
        foreach ((string name, (Func<Layer> make, Shape input)) in All)
            Assert.True(ModelFile.Load(scratch[$"{name}.torch.safetensors"], models[name] = make(), new LoadOptions
            {
                InputShape = input,
                Rename = name == "transformer" ? FromTorch : null,
            }).IsComplete);
        AssertEqual(models, NumpyFile.ReadArchive(scratch["outputs.npz"]));
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    [InlineData("resnet")]
    [InlineData("lstm")]
    [InlineData("transformer")]
    public void What_is_written_for_PyTorch_is_read_again(string name)
    {
        using var scratch = new ScratchFolder();
        (Func<Layer> make, Shape input) = All[name];
        Layer model = make().Initialize(7), again = make();
        ModelFile.SaveStateDict(model, scratch["a.safetensors"], input, n => "module." + n);
        LoadReport report = ModelFile.Load(scratch["a.safetensors"], again, new LoadOptions
        {
            InputShape = input,
            Rename = n => n["module.".Length..],
        });
        Assert.True(report.IsComplete, report.ToString());
        Assert.Equal(ModelHash.Of(model), ModelHash.Of(again));
    }

    [Fact]
    public void A_model_that_flattens_images_needs_their_shape()
    {
        using var scratch = new ScratchFolder();
        Layer model = All["cnn"].Model();
        Assert.Contains("InputShape", Assert.Throws<ArgumentException>(() =>
            ModelFile.SaveStateDict(model, scratch["a.safetensors"])).Message, StringComparison.Ordinal);
        ModelFile.SaveStateDict(model, scratch["a.safetensors"], All["cnn"].Input);
        Assert.Throws<ArgumentException>(() => ModelFile.Load(scratch["a.safetensors"], model, new LoadOptions()));
        Assert.Throws<ArgumentException>(() => ModelFile.Load(scratch["a.safetensors"], model));
    }

    static void AssertEqual(Dictionary<string, Layer> models, IReadOnlyDictionary<string, Tensor> outputs)
    {
        Assert.Equal(models.Keys.Order(), outputs.Keys.Order());
        foreach ((string name, Layer model) in models)
        {
            Tensor y = model.Forward(Input(name)), theirs = outputs[name];
            Assert.Equal(theirs.Shape, y.Shape);
            Assert.All(theirs.ToArray<double>().Zip(y.ToArray<double>()), pair => Assert.True(
                Math.Abs(pair.First - pair.Second) <= 3e-5 * Math.Max(1, Math.Abs(pair.First)),
                $"{name}: {pair.First} and {pair.Second}"));
        }
    }
}
