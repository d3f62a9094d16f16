using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Hondo.Dashboard.Tests;

/// <summary>A dashboard over a folder with one run, and requests to it byte by byte, as attackers send them.</summary>
public sealed partial class Served : IAsyncLifetime
{
    public const string Token = "0123456789abcdef0123";

    readonly string _folder = Directory.CreateTempSubdirectory("hondo-dashboard-").FullName;
    DashboardServer? _server;

    /// <summary>A name that would be code if a page believed it.</summary>
    public const string Hostile = "<img src=x onerror=alert(1)>";

    public int Port => _server!.Address.Port;

    public string Host => $"127.0.0.1:{Port}";

    public string Cookie { get; private set; } = "";

    public string Id { get; private set; } = "";

    public string Run => Path.Combine(_folder, "one");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Run);
        File.WriteAllText(Path.Combine(Run, "run.json"), $$"""{"name":"{{Hostile}}","status":"running"}""");
        File.WriteAllText(Path.Combine(Run, "metrics.jsonl"), $$"""
            {"step":1,"loss":0.5,"{{Hostile}}":1}
            {torn
            """);
        File.WriteAllText(Path.Combine(Run, "events.jsonl"), $$"""{"event":"{{Hostile}}","step":1}""" + "\n");
        _server = await DashboardServer.StartAsync(new(_folder) { Token = Token });
        string signedIn = await SendAsync("GET", $"/?token={Token}");
        Cookie = CookiePattern().Match(signedIn).Groups[1].Value;
        Id = IdPattern().Match(await SendAsync("GET", "/api/stream", $"Cookie: {Cookie}")).Groups[1].Value;
    }

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Sends a request with this Host, and gives what comes back, on a busy machine too.</summary>
    public Task<string> SendAsync(string method, string target, string headers = "", string body = "") =>
        SendRawAsync($"{method} {target} HTTP/1.1\r\nHost: {Host}\r\n{(headers.Length > 0 ? headers + "\r\n" : "")}"
            + (body.Length > 0 ? $"Content-Length: {body.Length}\r\n" : "") + $"\r\n{body}", seconds: 60);

    /// <summary>Sends any bytes, and gives what comes back: some get no answer at all.</summary>
    public async Task<string> SendRawAsync(string request, int seconds = 2)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port);
        NetworkStream stream = client.GetStream();
        var answer = new StringBuilder();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(request), patience.Token);
            var buffer = new byte[16 * 1024];
            for (int length; !IsWhole(answer) && (length = await stream.ReadAsync(buffer, patience.Token)) > 0;)
                answer.Append(Encoding.UTF8.GetString(buffer, 0, length));
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // Cut off or left without an answer: what came before counts.
        }
        return answer.ToString();
    }

    // Refusals say that they close; a live view is known by its list of runs.
    static bool IsWhole(StringBuilder answer)
    {
        string text = answer.ToString();
        return text.Contains("event: load", StringComparison.Ordinal)
            || (text.Contains("\r\n\r\n", StringComparison.Ordinal)
                && !text.Contains("event-stream", StringComparison.Ordinal));
    }

    [GeneratedRegex("Set-Cookie: ([^;]+)", RegexOptions.IgnoreCase)]
    private static partial Regex CookiePattern();

    [GeneratedRegex("\"id\":\"([0-9a-f]{16})\"")]
    private static partial Regex IdPattern();
}
