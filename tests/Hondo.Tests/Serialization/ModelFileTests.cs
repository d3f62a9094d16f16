using Hondo.Data;
using Hondo.Layers;
using Hondo.Models;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Tests.Data;

namespace Hondo.Tests.Serialization;

public sealed class ModelFileTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_loaded_model_computes_the_same_as_the_saved_one()
    {
        Layer saved = Example().Initialize(7);
        saved.Save(_scratch["a"]);
        Layer loaded = Layer.Load(_scratch["a"]);
        Tensor x = Tensor.Of(new float[,] { { 1, -2, 3 }, { 0.5f, 0, 9 } });
        Assert.Equal(saved.Forward(x).ToArray<float>(), loaded.Forward(x).ToArray<float>());
        Assert.Equal(saved.ToString(), loaded.ToString());
        Assert.Equal(ModelHash.Of(saved), ModelHash.Of(loaded));
    }

    [Fact]
    public void A_card_is_loaded_as_it_was_saved()
    {
        var card = new ModelCard
        {
            InputShape = [28, 28, 1],
            ClassNames = ["T-shirt/top", "a \"b\" \\", "ñandú\n"],
            Normalization = "{\"mean\":[1]}",
            DatasetName = "digits",
            Loss = "CrossEntropy()",
            Metrics = new Dictionary<string, double> { ["test accuracy"] = 0.1 + 0.2, ["loss"] = double.NaN },
            Extra = new Dictionary<string, string> { ["epoch"] = "3", ["note"] = "x" },
        };
        ModelCard saved = ModelFile.Save(Example(), _scratch["a"], card), loaded = ModelFile.Load(_scratch["a"]).Card;
        Assert.Equal("Sequential(Linear(3, 2), Sigmoid(), Linear(2, 2, bias: false))", loaded.Text);
        Assert.Equal(ModelHash.Of(Example()), loaded.ModelHash);
        Assert.Equal("0.1.0", loaded.Version);
        Assert.Equivalent(saved, loaded, strict: true);
        Assert.Equivalent(card with { Text = saved.Text, ModelHash = saved.ModelHash, Version = "0.1.0" }, loaded);
    }

    [Fact]
    public void An_empty_card_is_an_empty_card()
    {
        ModelFile.Save(Example(), _scratch["a"]);
        ModelCard card = ModelFile.Load(_scratch["a"]).Card;
        Assert.Null(card.InputShape);
        Assert.Empty(card.ClassNames);
        Assert.Empty(card.Extra);
    }

    [Fact]
    public void Kernels_lie_in_files_as_outputs_inputs_height_width()
    {
        Layer saved = new Sequential(new Conv2d(2, 3, kernel: [1, 2]), new ConvTranspose2d(3, 2, kernel: 2),
            new Reshape(-1, 2), new Conv1d(2, 4, kernel: 3, groups: 2)).Initialize(3);
        saved.Save(_scratch["a"]);
        IReadOnlyDictionary<string, Tensor> file = Safetensors.Read(_scratch["a"]).Tensors;
        Assert.Equal([3, 2, 1, 2], file["0.weight"].Shape);
        Assert.Equal([3, 2, 2, 2], file["1.weight"].Shape);
        Assert.Equal([4, 1, 3], file["3.weight"].Shape);
        float[] memory = saved.Parameters[0].Value.ToArray<float>(), written = file["0.weight"].ToArray<float>();
        for (int x = 0; x < 2; x++)
            for (int c = 0; c < 2; c++)
                for (int o = 0; o < 3; o++)
                    Assert.Equal(memory[(x * 2 + c) * 3 + o], written[(o * 2 + c) * 2 + x]);
        Assert.Equal(ModelHash.Of(saved), ModelHash.Of(Layer.Load(_scratch["a"])));
    }

    [Fact]
    public void The_same_model_is_always_the_same_file()
    {
        ModelFile.Save(Example(), _scratch["a"]);
        ModelFile.Save(ModelFile.Load(_scratch["a"]).Model, _scratch["b"]);
        Assert.Equal(File.ReadAllBytes(_scratch["a"]), File.ReadAllBytes(_scratch["b"]));
    }

    [Fact]
    public void A_model_in_float64_stays_in_float64()
    {
        ModelFile.Save(Example().To(DType.Float64), _scratch["a"]);
        Layer loaded = ModelFile.Load(_scratch["a"]).Model;
        Assert.All(loaded.Parameters, parameter => Assert.Equal(DType.Float64, parameter.DType));
        Assert.Equal(ModelHash.Of(Example().To(DType.Float64)), ModelHash.Of(loaded));
    }

    [Fact]
    public void A_model_of_ones_own_layers_is_loaded_into_one_built_in_CSharp()
    {
        var model = new Doubled(Example());
        ModelFile.Save(model, _scratch["a"]);
        Refused.With("There is no layer 'Doubled'", () => ModelFile.Load(_scratch["a"]));
        Refused.With("ModelFile.Load(path, model)", () => ModelFile.Load(_scratch["a"]));
        var loaded = new Doubled(Example().Initialize(99));
        loaded.LoadFrom(_scratch["a"]);
        Assert.Equal(ModelHash.Of(model), ModelHash.Of(loaded));
    }

    [Theory]
    [InlineData("Sequential(Linear(3, 2), Sigmoid(), Linear(2, 2))", "the model has 2.bias [2], but the file does not")]
    [InlineData("Sequential(Linear(3, 2))", "the file has 2.weight [2, 2], but the model does not")]
    [InlineData("Sequential(Linear(4, 2))", "0.weight is [2, 4] in the model, but [2, 3] in the file")]
    public void A_file_of_another_model_is_refused(string text, string problem)
    {
        ModelFile.Save(Example(), _scratch["a"]);
        Layer model = ModelText.Parse(text);
        Refused.With(problem, () => ModelFile.Load(_scratch["a"], into: model));
    }

    [Fact]
    public void A_text_that_asks_for_much_memory_is_refused_without_it()
    {
        Write("Linear(40000, 40000)", new() { ["weight"] = Tensor.Zeros([2, 2]), ["bias"] = Tensor.Zeros([2]) });
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused.With("weight is [40000, 40000] in the model, but [2, 2]", () => ModelFile.Load(_scratch["a"]));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Theory]
    [InlineData("", "there is no model text")]
    [InlineData("Linear(2", "')' is missing")]
    [InlineData("System.IO.File(\"x\")", "There is no layer 'System.IO.File'")]
    [InlineData("Linear({2|3}, 2)", "only the tuner")]
    [InlineData("Linear(2000000000, 2000000000)", "Linear: A tensor of shape")]
    public void A_wrong_model_text_is_refused(string text, string problem)
    {
        Write(text, []);
        Refused.With(problem, () => ModelFile.Load(_scratch["a"]));
    }

    [Theory]
    [InlineData("hondo.classes", "[1]")]
    [InlineData("hondo.classes", "[[[[")]
    [InlineData("hondo.classes", "{}")]
    [InlineData("hondo.input", "[1, x]")]
    [InlineData("hondo.input", "[1, 1, 1, 1, 1, 1, 1]")]
    [InlineData("hondo.input", "[99999999999]")]
    [InlineData("hondo.metric.accuracy", "high")]
    public void A_wrong_card_is_refused_by_name(string name, string text)
    {
        Write("Relu()", [], (name, text));
        Refused.With(name, () => ModelFile.Load(_scratch["a"]));
    }

    [Fact]
    public void Whole_numbers_are_no_weights()
    {
        Write("Linear(1, 1)", new() { ["weight"] = Tensor.Of<int>([1], [1, 1]), ["bias"] = Tensor.Zeros([1]) });
        Refused.With("weight holds whole numbers", () => ModelFile.Load(_scratch["a"]));
    }

    [Fact]
    public void Every_flipped_bit_is_found()
    {
        ModelFile.Save(Example(), _scratch["a"], new ModelCard { ClassNames = ["yes", "no"] });
        byte[] bytes = File.ReadAllBytes(_scratch["a"]);
        for (int bit = 0; bit < 8 * bytes.Length; bit += 3)
        {
            byte[] flipped = [.. bytes];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            using var stream = new MemoryStream(flipped);
            Assert.Throws<DataFormatException>(() => Safetensors.Read(stream, "a"));
        }
    }

    static Sequential Example() => new(new Linear(3, 2), new Sigmoid(), new Linear(2, 2, bias: false));

    void Write(string text, Dictionary<string, Tensor> tensors, params (string Name, string Text)[] more)
    {
        Dictionary<string, string> texts = new() { ["hondo.model"] = text };
        foreach ((string name, string value) in more)
            texts[name] = value;
        new Safetensors(tensors, texts).Write(_scratch["a"]);
    }

    sealed class Doubled(Layer inner) : Layer
    {
        protected override Tensor Run(Tensor x) => inner.Forward(inner.Forward(x));

        protected internal override void Parts(Parts parts) => parts.Add(inner);

        public override string ToString() => $"Doubled({inner})";
    }
}
