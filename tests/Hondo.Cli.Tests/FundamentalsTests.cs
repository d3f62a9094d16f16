using System.Globalization;
using System.Text.Json;
using Hondo.Onnx.Tests;

namespace Hondo.Cli.Tests;

/// <summary>What the courses say that a softmax regression reaches.</summary>
public sealed class FundamentalsTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Softmax_tells_irises_apart_in_97_of_100_as_the_mean_of_five_folds()
    {
        Answer answer = _shell.Run("compare", "iris", "--models", "softmax", "--folds", "5");
        Assert.Equal(0, answer.Code);
        string row = answer.Out.Split('\n').Single(line => line.StartsWith("softmax", StringComparison.Ordinal));
        double mean = double.Parse(row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture);
        Assert.InRange(mean, 0.97, 1);
    }

    [SharedFact("data/mnist/t10k-images-idx3-ubyte.gz")]
    public void Softmax_reads_92_of_100_digits_of_MNIST()
    {
        Answer answer = _shell.Run("train", "mnist", "--model", "softmax", "--epochs", "5", "--run",
            _shell.Path("mnist"), "--json");
        Assert.Equal(0, answer.Code);
        using var result = JsonDocument.Parse(answer.Out.TrimEnd().Split('\n')[^1]);
        Assert.InRange(result.RootElement.GetProperty("test").GetProperty("accuracy").GetDouble(), 0.917, 1);
    }
}
