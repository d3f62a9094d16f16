using System.Text.Json;
using Hondo.Kernels;

namespace Hondo.Cli.Tests;

/// <summary>Alone, because the choice holds for the whole process.</summary>
[CollectionDefinition(nameof(ExactTests), DisableParallelization = true)]
[Collection(nameof(ExactTests))]
public sealed class ExactTests : IDisposable
{
    const string Model = "Sequential(Conv2d(1, 16, kernel: 3, padding: 1), Relu(), MaxPool2d(2), "
        + "Conv2d(16, 16, kernel: 3, padding: 1), Relu(), Flatten(), Linear(3136, 10))";

    readonly Shell _shell = new();

    public void Dispose()
    {
        Numerics.Exact = false;
        _shell.Dispose();
    }

    [Fact]
    public void Exact_convolutions_have_other_bits_and_the_run_says_so()
    {
        string[] hashes = [Train("usual"), Train("again"), Train("exact", "--exact")];
        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2]);
        foreach ((string run, bool exact) in (ReadOnlySpan<(string, bool)>)[("usual", false), ("exact", true)])
            foreach (string file in (string[])["run.json", "config.json"])
                Assert.Equal(exact, JsonDocument.Parse(File.ReadAllText(Path.Combine(_shell.Path(run), file)))
                    .RootElement.GetProperty("exact").GetBoolean());
    }

    [Fact]
    public void Where_there_is_no_convolution_it_is_wrong_usage()
    {
        Answer answer = _shell.Run("train", "iris", "--exact", "--run", _shell.Path("run"));
        Assert.Equal((2, ""), (answer.Code, answer.Out));
        Assert.Contains("--exact is about 3x3 convolutions", answer.Error, StringComparison.Ordinal);
    }

    string Train(string run, params string[] options)
    {
        Answer answer = _shell.Run(["train", "digits", "--json", "--quiet", "--epochs", "1", "--batch", "512",
            "--model", Model, "--run", _shell.Path(run), .. options]);
        return JsonDocument.Parse(answer.Lines[^1]).RootElement.GetProperty("modelHash").GetString()!;
    }
}
