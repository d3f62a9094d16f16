using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hondo.Data.Tests.Downloads;

/// <summary>How a mirror answers one request: it writes bare HTTP to the connection.</summary>
/// <param name="connection">The open connection.</param>
/// <param name="start">From which byte on it is asked.</param>
delegate Task Answer(Stream connection, int start);

/// <summary>A mirror on this machine that answers as a test tells it; the last answer serves later requests.</summary>
sealed class MirrorServer : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _closing = new();
    readonly Answer[] _answers;

    public MirrorServer(params Answer[] answers)
    {
        _answers = answers;
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/file");

    /// <summary>The byte from which each request asked, in order.</summary>
    public List<int> Starts { get; } = [];

    public static Answer Whole(byte[] content) => (to, start) => SendAsync(to, start == 0
        ? $"200 OK\r\nContent-Length: {content.Length}"
        : $"206 Partial Content\r\nContent-Length: {content.Length - start}\r\n"
            + $"Content-Range: bytes {start}-{content.Length - 1}/{content.Length}", content[start..]);

    public static Answer WithoutRanges(byte[] content) =>
        (to, _) => SendAsync(to, $"200 OK\r\nContent-Length: {content.Length}", content);

    /// <summary>Promises everything, sends some bytes more, and closes.</summary>
    public static Answer Truncated(byte[] content, int length) => (to, start) => SendAsync(to, start == 0
        ? $"200 OK\r\nContent-Length: {content.Length}"
        : $"206 Partial Content\r\nContent-Length: {content.Length - start}\r\n"
            + $"Content-Range: bytes {start}-{content.Length - 1}/{content.Length}",
        content[start..Math.Min(content.Length, start + length)]);

    /// <summary>Says nothing of a length and closes when it likes.</summary>
    public static Answer WithoutLength(byte[] content) => (to, _) => SendAsync(to, "200 OK", content);

    public static Answer Status(string status) =>
        (to, _) => SendAsync(to, $"{status}\r\nContent-Length: 5", "sorry"u8.ToArray());

    public static Answer Silent => async (_, _) => await Task.Delay(Timeout.Infinite);

    /// <summary>Sends some bytes, then no more, and leaves the connection open.</summary>
    public static Answer Stalls(byte[] content, int length) => async (to, _) =>
    {
        await SendAsync(to, $"200 OK\r\nContent-Length: {content.Length}", content[..length]);
        await Task.Delay(Timeout.Infinite);
    };

    /// <summary>Sends a byte every 10 ms.</summary>
    public static Answer Drips(byte[] content) => async (to, start) =>
    {
        await SendAsync(to, $"200 OK\r\nContent-Length: {content.Length}", []);
        foreach (byte b in content)
        {
            await to.WriteAsync(new[] { b });
            await Task.Delay(10);
        }
    };

    static async Task SendAsync(Stream to, string head, byte[] body)
    {
        await to.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n"));
        await to.WriteAsync(body);
        await to.FlushAsync();
    }

    async Task ServeAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync(_closing.Token);
            _ = Task.Run(() => ServeAsync(client));
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        using (client)
            try
            {
                NetworkStream stream = client.GetStream();
                int start = await ReadStartAsync(stream), number;
                lock (Starts)
                {
                    number = Starts.Count;
                    Starts.Add(start);
                }
                await _answers[Math.Min(number, _answers.Length - 1)](stream, start).WaitAsync(_closing.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The other side may hang up: that is what some tests are about.
            }
    }

    static async Task<int> ReadStartAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        int start = 0;
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
            if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
                start = int.Parse(line["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        return start;
    }

    public void Dispose()
    {
        _closing.Cancel();
        _listener.Dispose();
        _closing.Dispose();
    }
}
