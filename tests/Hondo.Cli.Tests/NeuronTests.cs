using System.Globalization;

namespace Hondo.Cli.Tests;

/// <summary>The first neurons and the comparison with baselines.</summary>
public sealed class NeuronTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    static double Share(string word) =>
        double.TryParse(word, CultureInfo.InvariantCulture, out double share) ? share : 0;

    // Fundamentals 4.6.
    [Theory]
    [InlineData("only-first", "1", "-0.5")]
    [InlineData("only-second", "-0.5", "1")]
    [InlineData("or", "1", "1")]
    public void A_perceptron_ends_with_the_weights_of_the_course(string gate, string first, string second)
    {
        string[] lines = _shell.Run("neuron", "perceptron", gate, "--lang", "en").Lines;
        Assert.Equal([first, second], Words(lines[^2])[^2..]);
        Assert.Equal("All answers are right.", lines[^1]);
        Assert.Contains("to the end", _shell.Run("neuron", "perceptron", "xor", "--lang", "en").Out,
            StringComparison.Ordinal);
    }

    // Fundamentals 4.7.
    [Fact]
    public void Adaline_descends_by_the_numbers_of_the_course()
    {
        string[] lines = _shell.Run("neuron", "adaline").Lines;
        Assert.Equal(["0.75", "0.015"], Words(lines[1])[^2..]);
        Assert.Equal(["1.8699", "0.029"], Words(lines[2])[^2..]);
        Assert.Equal(["2.5369", "0.0346"], Words(lines[3])[^2..]);
    }

    [Fact]
    public void The_gates_of_1943_fire_as_logic_does() => Assert.Equal(["0 0", "0 1", "0 1", "1 1"],
        _shell.Run("neuron", "mcculloch-pitts").Lines[1..].Select(line => string.Join(' ', Words(line)[^2..])));

    [Fact]
    public void A_network_and_its_baselines_stand_in_one_table()
    {
        Answer answer = _shell.Run("compare", "iris", "--models", "svm(kernel: rbf, c: 1); knn(k: 3); softmax",
            "--folds", "3");
        Assert.Equal((0, 4), (answer.Code, answer.Lines.Length));
        Assert.All(answer.Lines[1..], line => Assert.InRange(
            Words(line).Select(Share).First(share => share is > 0.5 and < 1), 0.9, 1));
        Assert.Contains("support vectors", answer.Lines[1], StringComparison.Ordinal);
        Assert.Equal(2, _shell.Run("compare", "iris", "--folds", "1").Code);
    }
}
