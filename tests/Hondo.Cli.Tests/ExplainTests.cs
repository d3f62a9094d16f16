using Hondo.Data;

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
        PngFile.Write(digit, Image.Of(numbers, 28, 28, 1));

        Answer predicted = _shell.Run("predict", run, digit), explained = _shell.Run("explain", run, digit);
        Assert.True(explained.Code == 0, explained.Error);
        Assert.Equal(predicted.Out.Split(' ')[0], explained.Out.Split(' ')[0]);
        string folder = Path.Combine(run, "artifacts", "explain-digit");
        Assert.Equal(["filters.png", "maps-01.png", "maps-02.png", "maps-03.png", "overview.png"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal((228, 680), (PngFile.Read(Path.Combine(folder, "overview.png")).Height,
            PngFile.Read(Path.Combine(folder, "overview.png")).Width));
        Assert.Equal(2, _shell.Run("explain", run, digit, "--class", "eleven").Code);
    }
}
