using System.Diagnostics;

namespace Hondo.Cli.Tests;

public sealed class TwoProcessesTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_run_folder_in_use_is_left_alone_by_all_but_readers_and_free_again_after_kill_9()
    {
        string run = _shell.Path("run");
        using Process training = Start("train", "iris", "--epochs", "1000000", "--quiet", "--checkpoint-every",
            "1 epochs", "--run", run);
        try
        {
            Eventually(() => Directory.Exists(Path.Combine(run, "checkpoints", "last"))
                && Directory.GetDirectories(Path.Combine(run, "checkpoints", "last")).Length == 2
                && File.Exists(Path.Combine(run, "checkpoints", "best.safetensors")), training);
            string record = File.ReadAllText(Path.Combine(run, "run.json"));
            foreach (string[] line in (string[][])[["train", "--resume", run], ["train", "iris", "--run", run],
                ["runs", "delete", run, "--yes"]])
                Refused(line, training.Id);
            Assert.Equal(record, File.ReadAllText(Path.Combine(run, "run.json")));
            Assert.False(training.HasExited);
            foreach (string[] line in (string[][])[["runs", "show", run], ["info", run],
                ["predict", run, "5.1,3.5,1.4,0.2"], ["runs", "list", _shell.Path("")]])
                Assert.Equal((0, ""), (_shell.Run(line) is var answer ? answer.Code : 0, answer.Error));
        }
        finally
        {
            training.Kill();
            training.WaitForExit();
        }
        Assert.Equal(0, _shell.Run("train", "--resume", run, "--time-limit", "1s", "--quiet").Code);
    }

    void Refused(string[] line, int process)
    {
        Answer answer = _shell.Run(line);
        Assert.Equal(1, answer.Code);
        Assert.Contains($"is in use: process {process} on {Environment.MachineName} trains in it since ",
            answer.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", answer.Error, StringComparison.Ordinal);
        Assert.Single(answer.Error.TrimEnd().Split('\n'));
    }

    static Process Start(params string[] words) => Process.Start(new ProcessStartInfo("dotnet",
        [Path.Combine(AppContext.BaseDirectory, "Hondo.Cli.dll"), .. words])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    static void Eventually(Func<bool> isSo, Process training)
    {
        for (long start = Stopwatch.GetTimestamp(); !isSo(); Thread.Sleep(50))
            if (training.HasExited || Stopwatch.GetElapsedTime(start) > TimeSpan.FromMinutes(3))
                Assert.Fail($"The training does not come so far. {(training.HasExited
                    ? training.StandardError.ReadToEnd() : "")}");
    }
}
