using System.Diagnostics;
using System.Text;
using Hondo.Dashboard.Runs;

namespace Hondo.Dashboard.Tests;

/// <summary>One bad, huge, linked or endless file in one run: the others are shown all the same.</summary>
public sealed class BrokenRunsTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("hondo-broken-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Make(string name, string loss)
    {
        string run = Path.Combine(_folder, name);
        Directory.CreateDirectory(run);
        File.WriteAllText(Path.Combine(run, "run.json"), $$"""{"name":"{{name}}","status":"done"}""");
        File.WriteAllText(Path.Combine(run, "config.json"), "{}");
        File.WriteAllText(Path.Combine(run, "metrics.jsonl"), $$"""{"step":1,"loss":{{loss}}}""" + "\n");
        return run;
    }

    // What a page gets until it has seen all this.
    async Task<string> Shown(params string[] parts)
    {
        var store = new RunStore(_folder);
        using var output = new MemoryStream();
        using var ending = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Task stream = new LiveStream(store, [.. store.List().Select(run => run.Id)])
            .RunAsync(Stream.Synchronized(output), ending.Token);
        while (!stream.IsCompleted && !parts.All(part => Text().Contains(part, StringComparison.Ordinal)))
            await Task.Delay(20);
        await ending.CancelAsync();
        await stream;
        return Text();

        string Text()
        {
            // Such a stream locks the one within.
            lock (output)
                return Encoding.UTF8.GetString(output.ToArray());
        }
    }

    [Theory]
    [InlineData("run.json", "{\"name\":\"\u00ff\",\"status\":\"\u00c0\"}", true)]
    [InlineData("run.json", "[[[[[[[[[[[[[[[[[[[[[[", true)]
    [InlineData("run.json", "{\"name\":\"bad\",\"status\":\"done\",\"process\":1e999}", false)]
    [InlineData("config.json", "{\"epochs\":1e999,\"data\":\"\\ud800\"}", true)]
    [InlineData("metrics.jsonl", "{\"step\":1,\"loss\":1e999}\n", false)]
    [InlineData("events.jsonl", "{\"event\":\"warning\",\"message\":\"\\ud800\"}\n", false)]
    [InlineData("events.jsonl", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n", false)]
    public async Task A_bad_file_hides_no_other_run(string file, string content, bool isBroken)
    {
        Make("good", "0.25");
        File.WriteAllBytes(Path.Combine(Make("bad", "0.5"), file), [.. content.Select(letter => (byte)letter)]);
        string shown = await Shown("\"loss\":0.25", "\"name\":\"bad\"");
        Assert.Contains("\"loss\":0.25", shown, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"bad\"", shown, StringComparison.Ordinal);
        Assert.Equal(isBroken, shown.Contains("\"status\":\"broken\"", StringComparison.Ordinal));
        Assert.True(!isBroken || shown.Contains($"\"problem\":\"{file}", StringComparison.Ordinal), shown);
    }

    [Fact]
    public async Task A_pipe_or_a_link_hides_no_other_run()
    {
        if (OperatingSystem.IsWindows())
            return;
        Make("good", "0.25");
        string piped = Make("piped", "0.5"), linked = Make("linked", "0.5");
        File.Delete(Path.Combine(piped, "metrics.jsonl"));
        using (Process process = Process.Start("mkfifo", [Path.Combine(piped, "metrics.jsonl")]))
            await process.WaitForExitAsync();
        File.Delete(Path.Combine(linked, "run.json"));
        File.CreateSymbolicLink(Path.Combine(linked, "run.json"), "/dev/zero");
        string shown = await Shown("\"loss\":0.25", "\"name\":\"piped\"");
        Assert.Contains("\"loss\":0.25", shown, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"piped\"", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_whose_process_is_gone_has_died_and_one_that_ended_says_what_came_of_it()
    {
        string died = Make("died", "1"), done = Make("done", "1");
        File.WriteAllText(Path.Combine(died, "run.json"), $$"""
            {"name":"died","status":"running","process":{{int.MaxValue}},"machine":"{{Environment.MachineName}}"}
            """);
        File.WriteAllText(Path.Combine(done, "run.json"),
            """{"name":"done","status":"time limit","metrics":{"test accuracy":0.988}}""");
        RunSummary[] list = [.. new RunStore(_folder).List()];
        Assert.Equal(["died", "time limit"], list.Select(run => run.Status).Order());
        Assert.Contains("test accuracy 98.8 %", list.Select(run => run.Result));
    }

    [Fact]
    public async Task A_server_that_is_started_anew_with_its_token_knows_the_cookie_of_the_page()
    {
        DashboardOptions options = new(_folder) { Token = "a-token-of-many-letters" };
        using var client = new HttpClient();
        DashboardServer first = await DashboardServer.StartAsync(options);
        Uri address = first.Address;
        await client.GetStringAsync(address);
        await first.DisposeAsync();
        await using DashboardServer second = await DashboardServer.StartAsync(options with { Port = address.Port });
        // No token this time: the cookie of the first is enough.
        Assert.Contains("<title>Hondo</title>", await client.GetStringAsync(new Uri(address, "/")),
            StringComparison.Ordinal);
    }
}
