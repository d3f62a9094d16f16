using Hondo.Data;
using Hondo.Layers;
using Hondo.Models;
using Hondo.Serialization;

namespace Hondo.Cli.Tests;

public sealed class ExplainTests : IDisposable
{
    const string Network = "Sequential(Conv2d(1, 3, kernel: 3), Relu(), MaxPool2d(4), Flatten(), Linear(108, 10))";

    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Pictures_are_predicted_and_explained()
    {
        string run = _shell.Path("run"), digit = _shell.Path("digit.png");
        Answer trained = _shell.Run("train", "digits", "--epochs", "1", "--model", Network, "--quiet", "--run", run);
        Assert.True(trained.Code == 0, trained.Error);
        var numbers = new float[28 * 28];
        Datasets.Digits().Test!.CopySample(0, numbers);
        ImageFile.Write(digit, Image.Of(numbers, 28, 28, 1));

        Answer predicted = _shell.Run("predict", run, digit), explained = _shell.Run("explain", run, digit);
        Assert.True(explained.Code == 0, explained.Error);
        Assert.Equal(predicted.Out.Split(' ')[0], explained.Out.Split(' ')[0]);
        string folder = Path.Combine(run, "artifacts", "explain-digit");
        Assert.Equal(["filters.png", "maps-01.png", "maps-02.png", "maps-03.png", "overview.png"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal((228, 680), (ImageFile.Read(Path.Combine(folder, "overview.png")).Height,
            ImageFile.Read(Path.Combine(folder, "overview.png")).Width));
        Assert.Equal(2, _shell.Run("explain", run, digit, "--class", "eleven").Code);
    }

    [Fact]
    public void A_Turing_machine_shows_its_heads_and_memory_without_a_picture()
    {
        string model = _shell.Path("ntm.safetensors"), folder = _shell.Path("heads");
        Layer network = ModelCatalog.Parse("ntm(hidden: 8, rows: 16, width: 4, reads: 2)", [42, 10], 8);
        ModelFile.Save(network, model,
            new() { DatasetName = "copy", InputShape = [42, 10], Loss = "BitCrossEntropy()" });
        Answer explained = _shell.Run("explain", model, "--out", folder);
        Assert.True(explained.Code == 0, explained.Error);
        Assert.Equal(["memory.png", "overview.png", "read-weights.png", "write-weights.png"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(20 + 42 * 8, ImageFile.Read(Path.Combine(folder, "overview.png")).Width);
        Answer measured = _shell.Run("eval", model, "copy", "--json");
        Assert.Contains("\"bits right\":", measured.Out, StringComparison.Ordinal);
    }
}
