using System.Net;
using Xunit.Abstractions;

namespace Hondo.Dashboard.Tests;

/// <summary>Requests that must get nothing: none is answered with a 2xx or 3xx, and no run is told anything.</summary>
public sealed class AttackTests(Served served, ITestOutputHelper output) : IClassFixture<Served>
{
    static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "CONNECT"];

    const string Json = "Content-Type: application/json";

    string Own => $"Origin: http://{served.Host}";

    string Signed => $"Cookie: {served.Cookie}";

    string Steer => $"/api/runs/{served.Id}/steer";

    IEnumerable<string> Routes() => ["/", "/app.js", "/chart.js", "/words.js", "/playground.js", "/style.css",
        "/icon.svg", "/api/stream", $"/api/stream?runs={served.Id}", $"/api/runs/{served.Id}/report", Steer,
        "/api/playground"];

    IEnumerable<string> Hosts() => new[]
    {
        "evil.example", "", $"localhost.evil:{served.Port}", $"127.0.0.1.:{served.Port}", "127.0.0.1",
        $"[::1]:{served.Port}", $"0.0.0.0:{served.Port}", $"127.1:{served.Port}", $"2130706433:{served.Port}",
        $"127.0.0.1:{served.Port + 1}", $"evil@127.0.0.1:{served.Port}", $"LOCALHOST:{served.Port}",
    }.Select(host => $"GET / HTTP/1.1\r\nHost: {host}\r\n{Signed}\r\n\r\n").Concat([
        $"GET / HTTP/1.1\r\n{Signed}\r\n\r\n",
        $"GET / HTTP/1.1\r\nHost: {served.Host}\r\nHost: evil\r\n{Signed}\r\n\r\n",
        $"GET http://evil/ HTTP/1.1\r\nHost: {served.Host}\r\n{Signed}\r\n\r\n",
        $"GET / HTTP/1.0\r\n{Signed}\r\n\r\n",
    ]);

    IEnumerable<string> Origins() =>
        from method in Methods
        from origin in (string[])["http://evil.example", "null", $"http://localhost:{served.Port}",
            "http://127.0.0.1:1", $"https://{served.Host}", $"http://{served.Host}.evil.example"]
        from target in (string[])["/", "/api/stream", Steer, "/api/playground"]
        select Request(method, target, $"Origin: {origin}", Signed, Json);

    IEnumerable<string> Tokens() =>
        from method in Methods
        from target in (string[])[.. Routes(), $"/?token={Served.Token}x", $"/?token={Served.Token[..^1]}", "/?token=",
            $"/?token={Served.Token.ToUpperInvariant()}", $"/?x=1&token={Served.Token}",
            $"/api/stream?token={Served.Token}", $"{Steer}?token={Served.Token}"]
        from cookie in (string[])["X-None: 1", $"Cookie: hondo-{served.Port}=", $"Cookie: {served.Cookie[..^1]}",
            $"Cookie: hondo-{served.Port}={Served.Token}"]
        select Request(method, target, Own, cookie, Json);

    IEnumerable<string> Paths() => new[]
    {
        "..", "../..", "..%2f..", "%2e%2e%2f", "..%5c", "..\\", "%252e%252e%252f", "%00", "/etc/passwd", "C:\\", ".",
        "one", "%6fne", "....//", "..;/", "one%00.json", "0000000000000000", "-1", "*", "~", "$(id)",
        "run.json",
    }.SelectMany(id => new[]
    {
        Request("POST", $"/api/runs/{id}/steer", Own, Signed, Json),
        Request("GET", $"/api/runs/{id}/report", Own, Signed, ""),
        Request("GET", $"/{id}", Own, Signed, ""),
    });

    IEnumerable<string> Others() =>
    [
        Request("POST", Steer, "", Signed, Json),
        Request("POST", Steer, Own, Signed, "Content-Type: text/plain"),
        Request("POST", Steer, Own, Signed, "Content-Type: application/x-www-form-urlencoded"),
        Request("POST", Steer, Own, Signed, $"{Json}\r\nX-HTTP-Method-Override: DELETE"),
        Request("GET", Steer, Own, Signed, "X-Method-Override: POST"),
        Request("GET", Steer, Own, Signed, ""),
        Request("GET", "/api/playground", Own, Signed, ""),
        Request("POST", Steer, Own, Signed, $"{Json}\r\nSec-Fetch-Site: cross-site"),
        Request("GET", "/api/stream", "", Signed, "Sec-Fetch-Site: same-site"),
        Request("GET", "/api/stream", "", Signed, "Upgrade: websocket\r\nConnection: Upgrade"),
        Request("GET", "/", Own, Signed, "X-Forwarded-Host: evil"),
        Request("GET", "/", Own, Signed, $"X-Large: {new string('a', 40_000)}"),
        Request("GET", $"/{new string('a', 10_000)}", Own, Signed, ""),
        Request("GET", "/", Own, Signed, string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: 1\r\n")).Trim()),
        Request("POST", Steer, Own, Signed, $"{Json}\r\nContent-Length: 1073741824", ""),
        Request("POST", Steer, Own, Signed, Json, new string('[', 10_000)),
        Request("POST", Steer, Own, Signed, Json, "{\"action\":\"set-rate\",\"learningRate\":1e999}"),
        Request("POST", Steer, Own, Signed, Json, "{\"action\":\"set-rate\",\"learningRate\":-1}"),
        Request("POST", Steer, Own, Signed, Json, "{\"action\":\"../../checkpoint\"}"),
        Request("POST", "/api/playground", Own, Signed, Json, "{\"hidden\":[1000000]}"),
        Request("POST", "/api/playground", Own, Signed, Json, string.Concat(Enumerable.Repeat("{\"data\":", 1000))),
        .. Smuggled(),
        "NONSENSE\r\n\r\n",
    ];

    // A second request, a header or a body that one side of a connection would see and the other would not.
    IEnumerable<string> Smuggled() =>
    [
        $"GET /%0d%0aSet-Cookie:x=1 HTTP/1.1\r\nHost: {served.Host}\r\n{Signed}\r\n\r\n",
        $"GET /\rX: 1 HTTP/1.1\r\nHost: {served.Host}\r\n{Signed}\r\n\r\n",
        $"GET / HTTP/1.1\r\nHost: {served.Host}\r\n folded: 1\r\n{Signed}\r\n\r\n",
        $"GET / HTTP/1.1\r\nHost: {served.Host}\r\nX-A: a\0b\r\n{Signed}\r\n\r\n",
        $"GET / HTTP/1.1\r\nHost: {served.Host}\r\nX A: 1\r\n{Signed}\r\n\r\n",
        Request("POST", Steer, Own, Signed, $"{Json}\r\nTransfer-Encoding: chunked\r\nContent-Length: 4", ""),
        Request("POST", Steer, Own, Signed, $"{Json}\r\nTransfer-Encoding: chunked, identity", ""),
        Request("POST", Steer, Own, Signed, $"{Json}\r\nContent-Length: 17\r\nContent-Length: 18", ""),
        Request("POST", Steer, Own, Signed, $"{Json}\r\nContent-Length: -1", ""),
        $"GET / HTTP/9.9\r\nHost: {served.Host}\r\n{Signed}\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ];

    string Request(string method, string target, string origin, string cookie, string more,
        string body = "{\"action\":\"stop\"}") => $"{method} {target} HTTP/1.1\r\nHost: {served.Host}\r\n"
        + string.Concat(new[] { origin, cookie, more }.Where(line => line.Length > 0).Select(line => line + "\r\n"))
        + (body.Length > 0 && method != "GET" ? $"Content-Length: {body.Length}\r\n\r\n{body}" : "\r\n");

    [Fact]
    public async Task No_request_of_the_list_gets_through()
    {
        string[] attacks = [.. Hosts(), .. Origins(), .. Tokens(), .. Paths(), .. Others()];
        List<string> succeeded = [];
        await Parallel.ForEachAsync(attacks, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (attack, _) =>
        {
            string answer = await served.SendRawAsync(attack);
            if (answer.StartsWith("HTTP/1.1 2", StringComparison.Ordinal)
                || answer.StartsWith("HTTP/1.1 3", StringComparison.Ordinal))
                lock (succeeded)
                    succeeded.Add($"{attack} → {answer}");
        });
        output.WriteLine($"attacks={attacks.Length} succeeded={succeeded.Count}");
        Assert.True(attacks.Length >= 60, $"{attacks.Length}");
        Assert.Empty(succeeded);
        Assert.False(Directory.Exists(Path.Combine(served.Run, "control")));
    }

    [Fact]
    public async Task Names_from_files_reach_the_page_without_a_single_bracket()
    {
        string live = await served.SendAsync("GET", $"/api/stream?runs={served.Id}", Signed);
        Assert.Contains("onerror", live, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", live, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_forbids_code_from_elsewhere()
    {
        foreach (string cookie in (string[])[Signed, "X-None: 1"])
        {
            string page = await served.SendAsync("GET", "/", cookie);
            Assert.Contains("default-src 'none'; script-src 'self'", page, StringComparison.Ordinal);
            Assert.Contains("nosniff", page, StringComparison.Ordinal);
            Assert.Contains("no-referrer", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_for_code_and_for_other_sites()
    {
        string answer = await served.SendAsync("GET", $"/?token={Served.Token}");
        Assert.StartsWith("HTTP/1.1 303", answer, StringComparison.Ordinal);
        Assert.Contains("samesite=strict; httponly", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Served.Token, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0", null)]
    [InlineData("::", null)]
    [InlineData("192.0.2.1", null)]
    [InlineData("0.0.0.0", "short")]
    [InlineData("127.0.0.1", "fifteen-letters")]
    public async Task Others_are_not_let_near_without_a_good_token(string address, string? token) =>
        await Assert.ThrowsAsync<ArgumentException>(() => DashboardServer.StartAsync(
            new(".") { Address = IPAddress.Parse(address), Token = token }));

    [Fact]
    public async Task Who_is_signed_in_steers()
    {
        await using var own = new OwnServer();
        await own.Served.InitializeAsync();
        string answer = await own.Served.SendAsync("POST", $"/api/runs/{own.Served.Id}/steer",
            $"Cookie: {own.Served.Cookie}\r\nOrigin: http://{own.Served.Host}\r\n{Json}", "{\"action\":\"pause\"}");
        Assert.StartsWith("HTTP/1.1 202", answer, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(own.Served.Run, "control"), "*.json"));
    }

    sealed class OwnServer : IAsyncDisposable
    {
        public Served Served { get; } = new();

        public async ValueTask DisposeAsync() => await Served.DisposeAsync();
    }
}
