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

    [Fact]
    public async Task A_third_network_is_refused_in_words_and_a_place_is_free_when_one_goes()
    {
        string ask = $"POST /api/playground HTTP/1.1\r\nHost: {served.Host}\r\n{Signed}\r\n"
            + $"Origin: http://{served.Host}\r\nContent-Type: application/json\r\n", body = """
            {"data":"circle","csv":"","noise":0,"inputs":["x","y"],"hidden":[4],"activation":"tanh","optimizer":"adam",
            "learningRate":0.01,"decay":0,"batch":10,"seed":1}
            """;
        string whole = $"{ask}Content-Length: {body.Length}\r\n\r\n{body}";
        List<TcpClient> two = await ConnectAsync(2, whole);
        foreach (TcpClient one in two)
        {
            var start = new byte[12];
            await one.GetStream().ReadExactlyAsync(start);
            Assert.Equal("HTTP/1.1 200", Encoding.ASCII.GetString(start));
        }
        string third = await served.SendRawAsync(whole, seconds: 60);
        Assert.StartsWith("HTTP/1.1 429", third, StringComparison.Ordinal);
        Assert.Contains("2 networks learn already.", third, StringComparison.Ordinal);
        two.ForEach(client => client.Dispose());
        bool isFree = false;
        for (int i = 0; i < 300 && !isFree; i++, await Task.Delay(100))
            isFree = (await served.SendRawAsync(whole, seconds: 60)).StartsWith("HTTP/1.1 200",
                StringComparison.Ordinal);
        Assert.True(isFree);
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
