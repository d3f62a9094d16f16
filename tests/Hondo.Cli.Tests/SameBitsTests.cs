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
    [InlineData("pictures-idx3-ubyte", "lenet5")]
    [InlineData("text.txt", "char-transformer(hidden: 16, layers: 1, heads: 2, dropout: 0.1)")]
    public void Threads_and_registers_change_no_bit_of_a_model(string data, string model)
    {
        data = _shell.Path(data);
        if (data.EndsWith(".txt", StringComparison.Ordinal))
            File.WriteAllText(data, string.Concat(Enumerable.Range(0, 60).Select(i =>
                $"El ñandú número {i} corre por la pampa; ¿quién lo alcanza?\n")));
        else
            Draw(data);
        string[] hashes = [.. Settings.Select((off, i) =>
            Hash(data, model, off, threads: 1 + (i % 3), _shell.Path($"run{i}")))];
        Assert.Equal(64, hashes[0].Length);
        Assert.Single(hashes.Distinct());
    }

    // Few, for without SIMD a picture takes 5 ms; enough for some batches and a short one.
    static void Draw(string file)
    {
        const int Count = 300, Side = 28;
        var random = new Random(1);
        byte[] pixels = new byte[Count * Side * Side], labels = new byte[Count];
        random.NextBytes(pixels);
        for (int i = 0; i < Count; i++)
            pixels.AsSpan((i * Side + 2 * (labels[i] = (byte)(i % 10))) * Side, 3 * Side).Fill(255);
        File.WriteAllBytes(file, [0, 0, 8, 3, 0, 0, Count >> 8, Count & 255, 0, 0, 0, Side, 0, 0, 0, Side, .. pixels]);
        File.WriteAllBytes(file.Replace("idx3", "idx1", StringComparison.Ordinal),
            [0, 0, 8, 1, 0, 0, Count >> 8, Count & 255, .. labels]);
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
