using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hondo.Watching;

/// <summary>
/// The attack list, in a process of its own, which attacks and rests as it is told: 1,000 connections that say nothing,
/// 23 views that nobody reads, 20 senders of a byte a second, and 40 requests a second with a wrong token, a foreign
/// host or a body of a megabyte.
/// </summary>
sealed class Attackers : IDisposable
{
    const int Idle = 1000, Unread = 23, Slow = 20;

    static readonly TimeSpan BetweenRequests = TimeSpan.FromMilliseconds(25);

    readonly Process _process;
    bool _attacks;

    Attackers(Process process) => _process = process;

    /// <summary>Starts the process.</summary>
    /// <param name="dashboard">Whom it attacks.</param>
    /// <param name="core">The core that it stays on; empty for any.</param>
    public static Attackers Start(Uri dashboard, string core)
    {
        string[] command = [.. core.Length > 0 ? (string[])["taskset", "-c", core] : [], Environment.ProcessPath!,
            .. Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
                ? (string[])[typeof(Attackers).Assembly.Location] : [], "attackers", dashboard.ToString()];
        return new(Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
    }

    /// <summary>Attacks: when it returns all connections are there.</summary>
    public void Attack() => Tell(true);

    /// <summary>Stops: when it returns all connections are gone.</summary>
    public void Rest() => Tell(false);

    void Tell(bool attacks)
    {
        if (_attacks == attacks)
            return;
        _attacks = attacks;
        _process.StandardInput.WriteLine(attacks ? "attack" : "rest");
        if (_process.StandardOutput.ReadLine() is null)
            throw new IOException("The attackers are gone.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>What the process does: an answer to each line that it is told.</summary>
    public static async Task ObeyAsync(Uri dashboard)
    {
        string cookie = await CookieAsync(dashboard);
        while (await Console.In.ReadLineAsync() is not null)
        {
            using var ending = new CancellationTokenSource();
            List<TcpClient> clients = [];
            for (int i = 0; i < Idle; i++)
                clients.Add(await ConnectAsync(dashboard, ""));
            for (int i = 0; i < Unread; i++)
                clients.Add(await ConnectAsync(dashboard, Request(dashboard, "GET", "/api/stream", cookie)));
            Task[] tasks = [.. Enumerable.Range(0, Slow).Select(_ => DripAsync(dashboard, ending.Token)),
                PesterAsync(dashboard, cookie, ending.Token)];
            Console.WriteLine("attacking");
            await Console.In.ReadLineAsync();
            await ending.CancelAsync();
            await Task.WhenAll(tasks);
            clients.ForEach(one => one.Dispose());
            Console.WriteLine("resting");
        }
    }

    static string Request(Uri to, string method, string target, string cookie, string more = "") =>
        $"{method} {target} HTTP/1.1\r\nHost: {to.Authority}\r\nCookie: {cookie}\r\n{more}\r\n";

    static async Task<TcpClient> ConnectAsync(Uri to, string request)
    {
        var one = new TcpClient { ReceiveBufferSize = 4096 };
        await one.ConnectAsync(IPAddress.Loopback, to.Port);
        await one.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        return one;
    }

    static async Task DripAsync(Uri to, CancellationToken ending)
    {
        byte[] request = Encoding.ASCII.GetBytes(Request(to, "GET", "/", "none"));
        while (!ending.IsCancellationRequested)
            await Quietly(async () =>
            {
                using TcpClient one = await ConnectAsync(to, "");
                foreach (byte letter in request)
                {
                    await one.GetStream().WriteAsync(new[] { letter }, ending);
                    await Task.Delay(1000, ending);
                }
            });
    }

    static async Task PesterAsync(Uri to, string cookie, CancellationToken ending)
    {
        var body = new byte[1 << 20];
        var buffer = new byte[4096];
        for (int i = 0; !ending.IsCancellationRequested; i++)
            await Quietly(async () =>
            {
                await Task.Delay(BetweenRequests, ending);
                using TcpClient one = await ConnectAsync(to, (i % 3) switch
                {
                    0 => Request(to, "GET", $"/?token={i}", "none"),
                    1 => Request(to, "GET", "/", cookie).Replace(to.Authority, "elsewhere.example"),
                    _ => Request(to, "POST", "/api/playground", cookie, $"Origin: http://{to.Authority}\r\n"
                        + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n"),
                });
                if (i % 3 == 2)
                    await one.GetStream().WriteAsync(body, ending);
                await one.GetStream().ReadAtLeastAsync(buffer, 1, throwOnEndOfStream: false, ending);
            });
    }

    // The server may close the connection at any time: that is what it should do.
    static async Task Quietly(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
        {
        }
    }

    static async Task<string> CookieAsync(Uri dashboard)
    {
        using TcpClient one = await ConnectAsync(dashboard, $"GET {dashboard.PathAndQuery} HTTP/1.1\r\n"
            + $"Host: {dashboard.Authority}\r\n\r\n");
        var buffer = new byte[4096];
        string answer = Encoding.ASCII.GetString(buffer, 0, await one.GetStream().ReadAsync(buffer));
        return answer.Split("Set-Cookie: ")[1].Split(';')[0];
    }
}
