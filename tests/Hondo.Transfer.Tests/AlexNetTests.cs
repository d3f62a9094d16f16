using Hondo.Data;
using Hondo.Data.Tests;
using Hondo.Layers;
using Hondo.Models;
using Hondo.Onnx;
using Hondo.Onnx.Tests;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Training;

namespace Hondo.Transfer.Tests;

/// <summary>AlexNet: Berkeley's and torchvision's files, and training from scratch.</summary>
public sealed class AlexNetTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [SharedFact("onnx/light/light_bvlc_alexnet.onnx")]
    public void Berkeleys_network_is_the_one_in_its_ONNX_file()
    {
        string imported = OnnxModel.LoadScores(Shared.At("onnx/light/light_bvlc_alexnet.onnx")).ToString()!;
        // Its α is a float32.
        Assert.Equal(AlexNetFiles.Berkeley().ToString(),
            imported.Replace("alpha: 9.999999747378752E-05", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_of_torchvision_fill_its_network_by_its_names()
    {
        const int Classes = 3;
        Sequential model = AlexNetFiles.OneTower(Classes);
        string path = Path.Combine(_scratch.Folder, "alexnet.safetensors");
        string[] layers = ["features.0", "features.3", "features.6", "features.8", "features.10", "classifier.1",
            "classifier.4", "classifier.6"];
        string[] names = [.. model.Parameters.Select(parameter => parameter.Name)];
        ModelFile.SaveStateDict(model, path, [224, 224, 3], name =>
            layers[Array.IndexOf(names, name) / 2] + name[name.LastIndexOf('.')..]);
        Assert.Equal("[4096, 9216]", Safetensors.Read(path).Tensors["classifier.1.weight"].Shape.ToString());
        Assert.True(AlexNetFiles.IsOne(path));
        PretrainedNetwork network = AlexNetFiles.Open(path);
        Assert.Equal(Classes, network.Card.ClassNames.Count);
        Assert.All(model.Parameters.Zip(network.Model.Parameters), pair =>
            Assert.True(pair.First.Values<float>().SequenceEqual(pair.Second.Values<float>())));
    }

    [Fact]
    public void It_learns_from_scratch_with_the_augmentation_of_2012()
    {
        // Squares that are light on the left or on the right, in colours that differ; AlexNet with short linear layers.
        const int Side = 72, Count = 48;
        var pixels = new byte[Count * Side * Side * 3];
        var random = new Random(1);
        int[] labels = [.. Enumerable.Range(0, Count).Select(i => i % 2)];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(random.Next(90) + (i / 3 % Side < Side / 2 == (labels[i / (Side * Side * 3)] == 0)
                ? 150 : 20));
        var train = new Dataset("sides", new ByteFeatures(pixels, [Side, Side, 3]),
            new ClassTargets(labels, ["left", "right"]));
        Layer model = AlexNets.AlexNet([Side, Side, 3], 2, hidden: 64);
        var recipe = Recipe.For(new(train), "alexnet(hidden: 64)", 6, null);
        // A mirrored left is a right: the mirror is left out here.
        Assert.Equal("Flip(), PcaColor()", recipe.Augment);
        recipe = recipe with { Augment = "PcaColor()", Optimizer = "Adam(learningRate: 0.0005)" };
        Trainer trainer = recipe.Trainer(new(train), model, Normalization.Fit(train));
        trainer.Fit(new DataSplits(train));
        Assert.True(trainer.Evaluate(train)["accuracy"] > 0.95);
    }

    [Fact]
    public void Of_pictures_of_256_pixels_it_sees_random_windows_in_training_and_the_middle_else()
    {
        string text = AlexNets.AlexNet([256, 256, 3], 2, hidden: 1).ToString()!;
        Assert.StartsWith("Sequential(RandomCrop2d(224), Conv2d(3, 96", text, StringComparison.Ordinal);
        var crop = new RandomCrop2d(3);
        Tensor x = Tensor.Of([.. Enumerable.Range(0, 2 * 5 * 5).Select(i => (float)(i % 25))], [2, 5, 5, 1]);
        Assert.Equal(6, crop.Forward(x)[0, 0, 0, 0]);
        HashSet<float> corners = [];
        for (int step = 0; step < 60; step++)
        {
            using Tape.Scope _ = Tape.Begin(new StepInfo(Mode.Training, 1, step));
            Tensor y = crop.Forward(x);
            corners.Add((float)y[0, 0, 0, 0]);
            Assert.Equal(y[1, 0, 0, 0] + 12, y[1, 2, 2, 0]);
        }
        // Each of the nine windows.
        Assert.Equal(9, corners.Count);
    }
}
