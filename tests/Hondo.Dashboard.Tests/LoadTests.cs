using System.Net.Sockets;
using System.Text;

namespace Hondo.Dashboard.Tests;

/// <summary>Clients that hold connections and do nothing with them.</summary>
public sealed class LoadTests(Served served) : IClassFixture<Served>
{
    const int Streams = 24;

    string Signed => $"Cookie: {served.Cookie}";

    [Fact]
    public async Task A_thousand_idle_connections_keep_nobody_out()
    {
        List<TcpClient> idle = await ConnectAsync(1000, "");
        Assert.StartsWith("HTTP/1.1 200", await served.SendAsync("GET", "/", Signed), StringComparison.Ordinal);
        idle.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Two_hundred_who_send_a_byte_now_and_then_keep_nobody_out()
    {
        List<TcpClient> slow = await ConnectAsync(200, $"GET / HTTP/1.1\r\nHost: {served.Host}\r\nX-Slow: ");
        for (int round = 0; round < 3; round++)
        {
            foreach (TcpClient client in slow)
                await client.GetStream().WriteAsync("a"u8.ToArray());
            Assert.StartsWith("HTTP/1.1 200", await served.SendAsync("GET", "/", Signed), StringComparison.Ordinal);
        }
        slow.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Views_that_nobody_reads_take_no_memory_and_give_their_places_back()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        List<TcpClient> silent = await ConnectAsync(Streams,
            $"GET /api/stream?runs={served.Id} HTTP/1.1\r\nHost: {served.Host}\r\n{Signed}\r\n\r\n");
        Assert.True(await IsAnsweredAsync("HTTP/1.1 429"), "All places are taken.");
        // Only now is there more to send than the system keeps for a reader: no view can have given up before.
        string row = $"{{\"step\":1,\"loss\":0.5,\"text\":\"{new string('x', 1000)}\"}}\n";
        File.WriteAllText(Path.Combine(served.Run, "metrics.jsonl"), new StringBuilder().Insert(0, row, 20_000)
            .ToString());
        long grown = 0;
        bool isFree = await IsAnsweredAsync("HTTP/1.1 200", () =>
            grown = Math.Max(grown, GC.GetTotalMemory(forceFullCollection: true) - before));
        Assert.True(isFree, "A place is free again.");
        Assert.True(grown < Streams * 4L * 1024 * 1024, $"{grown:N0} bytes for 20 MB that {Streams} do not read");
        silent.ForEach(client => client.Dispose());
    }

    async Task<bool> IsAnsweredAsync(string status, Action? meanwhile = null)
    {
        for (int i = 0; i < 300; i++)
        {
            meanwhile?.Invoke();
            string answer = await served.SendAsync("GET", "/api/stream", Signed);
            if (answer.StartsWith(status, StringComparison.Ordinal))
                return true;
            await Task.Delay(100);
        }
        return false;
    }

    async Task<List<TcpClient>> ConnectAsync(int count, string request)
    {
        List<TcpClient> clients = [];
        for (int i = 0; i < count; i++)
        {
            clients.Add(new TcpClient { ReceiveBufferSize = 4096 });
            await clients[^1].ConnectAsync("127.0.0.1", served.Port);
            await clients[^1].GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        }
        return clients;
    }
}
