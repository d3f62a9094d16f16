using System.Diagnostics;

namespace Hondo.Cli.Tests;

/// <summary>A little of what tools/torture does at length: real processes, killed and disturbed.</summary>
public sealed class TortureTests
{
    [Theory]
    [InlineData("kill9", 20, "kills=20 corrupt=0 lost=0 leftovers=0")]
    [InlineData("resume", 4, "resumed=4 equal=4")]
    [InlineData("bitrot", 500, "flips=500 found=500 truncations=100 found=100")]
    [InlineData("signals", 4, "signals=4 codes=4")]
    [InlineData("study", 4, "lost=0 twice=0 equal=True")]
    public void A_training_survives_a_little_torture(string kind, int count, string figures) =>
        Survives(kind, count, figures);

    [StraceFact]
    public void A_save_survives_errors_and_kills_at_its_calls_to_the_system() => Survives("faults", 20, "wrong=0");

    static void Survives(string kind, int count, string figures)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Torture.dll"), kind, $"{count}"])
        {
            RedirectStandardOutput = true,
        })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Contains(figures, output, StringComparison.Ordinal);
        Assert.True(process.ExitCode == 0, output);
    }
}
