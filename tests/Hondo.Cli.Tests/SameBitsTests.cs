using System.Diagnostics;
using System.Text.Json;

namespace Hondo.Cli.Tests;

/// <summary>The promise of the command line: the same seed, the same bits, whatever the processor can do.</summary>
public sealed class SameBitsTests : IDisposable
{
    static readonly string[] Settings = ["", "DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic"];

    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("digits", "lenet5")]
    [InlineData("text", "char-transformer(hidden: 16, layers: 1, heads: 2, dropout: 0.1)")]
    public void Threads_and_registers_change_no_bit_of_a_model(string data, string model)
    {
        if (data == "text")
            File.WriteAllText(data = _shell.Path("text.txt"), string.Concat(Enumerable.Range(0, 60).Select(i =>
                $"El ñandú número {i} corre por la pampa; ¿quién lo alcanza?\n")));
        string[] hashes = [.. Settings.Select((off, i) =>
            Hash(data, model, off, threads: 1 + (i % 3), _shell.Path($"run{i}")))];
        Assert.Equal(64, hashes[0].Length);
        Assert.Single(hashes.Distinct());
    }

    // What the processor can do is settled when a process starts.
    static string Hash(string data, string model, string off, int threads, string run)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "train", data, "--json",
            "--model", model, "--quiet", "--epochs", "1", "--threads", $"{threads}", "--run", run])
        {
            RedirectStandardOutput = true,
        };
        if (off.Length > 0)
            start.Environment[off] = "0";
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        string last = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        return JsonDocument.Parse(last).RootElement.GetProperty("modelHash").GetString()!;
    }
}
