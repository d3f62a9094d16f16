using System.Diagnostics;
using System.Text;

namespace Hondo.Insights.Tests;

/// <summary>Whatever lies in a run folder: it can be opened, at once, and says what is wrong with it.</summary>
public sealed class SavedRunTests : IDisposable
{
    const string Record = """{"name":"one","status":"done","started":"2026-01-01"}""";

    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    string At(string name) => Path.Combine(_scratch["run"], name);

    SavedRun Opened(string file, string content)
    {
        Directory.CreateDirectory(_scratch["run"]);
        File.WriteAllText(At("run.json"), Record);
        File.WriteAllText(At("config.json"), "{}");
        File.WriteAllText(At(file), content, Encoding.Latin1);
        return SavedRun.Open(_scratch["run"]);
    }

    [Theory]
    [InlineData("run.json", "{ \"status\": ", "line 1 is no JSON")]
    [InlineData("run.json", "[1]", "no JSON object")]
    [InlineData("run.json", "{\"name\":\"\u00ff\u00fe\"}", "run.json")]
    [InlineData("config.json", "{\"a\":\"\\ud800\"}", "no Unicode")]
    [InlineData("metrics.jsonl", "{\"epoch\":1,\"seconds\":1e999,\"train\":{\"loss\":2}}\n", "seconds is not finite")]
    [InlineData("metrics.jsonl", "{\"epoch\":1,\"train\":{\"loss\":-1e999}}\n", "loss is not finite")]
    [InlineData("metrics.jsonl", "{\"train\":torn\n{\"epoch\":1,\"train\":{\"loss\":2}}\n", "line 1: it is no JSON")]
    [InlineData("events.jsonl", "{\"event\":\"warning\",\"message\":\"\\ud800\",\"step\":1}\n", "no Unicode")]
    [InlineData("events.jsonl", "[1]\n", "no JSON object")]
    public void What_cannot_be_read_is_named(string file, string content, string problem)
    {
        SavedRun run = Opened(file, content);
        Assert.Equal(SavedRun.Broken, run.Status);
        Assert.Contains(file, run.Problem, StringComparison.Ordinal);
        Assert.Contains(problem, run.Problem, StringComparison.Ordinal);
        Assert.True(double.IsFinite(run.Seconds) && double.IsFinite(run.Best?.Value ?? 0));
    }

    [Fact]
    public void A_thousand_brackets_and_a_huge_line_are_named()
    {
        Assert.Contains("no JSON", Opened("events.jsonl", new string('[', 100_000) + "\n").Problem,
            StringComparison.Ordinal);
        Assert.Contains("bytes", Opened("metrics.jsonl", new string(' ', 3 << 20) + "\n").Problem,
            StringComparison.Ordinal);
    }

    // Sparse: it has its size, and no block of the disk.
    [Fact]
    public void A_huge_file_is_not_read()
    {
        Opened("metrics.jsonl", "");
        using (var file = new FileStream(At("metrics.jsonl"), FileMode.Open))
            file.SetLength(1L << 40);
        long before = GC.GetAllocatedBytesForCurrentThread();
        SavedRun run = SavedRun.Open(_scratch["run"]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Contains("1,099,511,627,776 bytes", run.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_a_pipe_and_a_device_are_refused_at_once()
    {
        if (OperatingSystem.IsWindows())
            return;
        Opened("metrics.jsonl", "");
        File.Delete(At("metrics.jsonl"));
        File.CreateSymbolicLink(At("metrics.jsonl"), "/dev/zero");
        Assert.Contains("it is a link", SavedRun.Open(_scratch["run"]).Problem, StringComparison.Ordinal);
        File.Delete(At("metrics.jsonl"));
        using Process process = Process.Start("mkfifo", [At("metrics.jsonl")]);
        process.WaitForExit();
        Assert.Contains("it is no regular file", SavedRun.Open(_scratch["run"]).Problem, StringComparison.Ordinal);
        Assert.ThrowsAny<IOException>(() => RunFile.Open("/dev/tty").Dispose());
    }

    [Fact]
    public void Half_a_last_line_of_a_killed_run_counts_for_nothing()
    {
        SavedRun run = Opened("metrics.jsonl", "{\"epoch\":1,\"train\":{\"loss\":2}}\n{\"epoch\":2,\"train\":{\"lo");
        Assert.Equal(("done", 1, ""), (run.Status, run.Epochs.Count, run.Problem));
    }

    [Fact]
    public void The_kept_epoch_is_that_of_the_record()
    {
        const string Epochs = "{\"epoch\":1,\"train\":{\"loss\":2,\"accuracy\":0.5}}\n"
            + "{\"epoch\":2,\"train\":{\"loss\":1,\"accuracy\":0.9}}\n"
            + "{\"epoch\":3,\"train\":{\"loss\":3,\"accuracy\":0.9}}\n";
        Assert.Equal(2, Opened("metrics.jsonl", Epochs).Kept!.Epoch);
        File.WriteAllText(At("run.json"), """{"status":"done","bestEpoch":3}""");
        SavedRun run = SavedRun.Open(_scratch["run"]);
        Assert.Equal((3, 0.9), (run.Kept!.Epoch, run.Best!.Value.Value));
    }
}
