using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;

namespace Hondo.Cli.Tests;

public sealed class DashboardTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task It_tells_an_address_with_a_token_listens_on_this_machine_only_and_ends_when_told()
    {
        using Process process = Start(_shell.Path("runs"));
        string line = await process.StandardOutput.ReadLineAsync() ?? "";
        Assert.Matches("^Open http://127\\.0\\.0\\.1:[0-9]+/\\?token=[0-9a-f]{64}$", line);
        var address = new Uri(line["Open ".Length..]);
        using var client = new HttpClient();
        Assert.Contains("<title>Hondo</title>", await client.GetStringAsync(address), StringComparison.Ordinal);
        IPEndPoint[] listening = [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(point => point.Port == address.Port)];
        Assert.Equal(IPAddress.Loopback, Assert.Single(listening).Address);
        // Not SIGINT: whoever runs the tests in the background, as a shell's & does, has every child ignore it.
        using Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync();
        Assert.Equal(143, process.ExitCode);
    }

    [Theory]
    [InlineData("--host", "0.0.0.0")]
    [InlineData("--host", "::")]
    [InlineData("--host", "0.0.0.0", "--token", "short")]
    [InlineData("--host", "nowhere")]
    [InlineData("--token", "with spaces in it and more")]
    [InlineData("--port", "70000")]
    public void What_would_not_be_safe_is_wrong_usage(params string[] options)
    {
        Answer answer = _shell.Run(["dashboard", _shell.Path("runs"), .. options]);
        Assert.Equal(2, answer.Code);
        Assert.StartsWith("error: hondo dashboard: ", answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Open http", answer.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_tells_where_it_can_be_watched()
    {
        Answer answer = _shell.Run("train", "iris", "--epochs", "1", "--dashboard", "--run", _shell.Path("run"));
        Assert.True(answer.Code == 0, answer.Error);
        Assert.Matches("Watch and steer it at http://127\\.0\\.0\\.1:[0-9]+/\\?token=[0-9a-f]{64}", answer.Error);
        // It serves on, and says what came of it.
        Assert.Matches("finished: (test|dev) accuracy [0-9.]+ %; open the report at http://127", answer.Error);
    }

    static Process Start(string runs) => Process.Start(new ProcessStartInfo("dotnet",
        [Path.Combine(AppContext.BaseDirectory, "Hondo.Cli.dll"), "dashboard", runs])
    {
        RedirectStandardOutput = true,
    })!;
}
