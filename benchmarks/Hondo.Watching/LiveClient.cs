namespace Hondo.Watching;

/// <summary>Reads the live stream as a page does, and throws it away.</summary>
sealed class LiveClient : IDisposable
{
    readonly CancellationTokenSource _ending = new();
    readonly ManualResetEventSlim _isReady = new();
    readonly Task _reading;
    int _rounds;

    LiveClient(HttpClient client, Uri stream) => _reading = Task.Run(() => ReadAsync(client, stream));

    /// <summary>Connects, and waits until all that was written before has come.</summary>
    public static LiveClient Open(HttpClient client, Uri stream)
    {
        var live = new LiveClient(client, stream);
        if (!live._isReady.Wait(TimeSpan.FromSeconds(20)))
            throw new TimeoutException("The live stream does not come.");
        return live;
    }

    /// <summary>How many messages have come; a message is what the server sends at a time.</summary>
    public int Rounds => Volatile.Read(ref _rounds);

    async Task ReadAsync(HttpClient client, Uri address)
    {
        try
        {
            await using Stream stream = await client.GetStreamAsync(address, _ending.Token);
            var buffer = new byte[64 * 1024];
            while (await stream.ReadAsync(buffer, _ending.Token) is > 0 and var count)
            {
                Interlocked.Increment(ref _rounds);
                if (!_isReady.IsSet && buffer.AsSpan(0, count).IndexOf("event: load"u8) >= 0)
                    _isReady.Set();
            }
        }
        catch (OperationCanceledException)
        {
            // The epoch ended: nobody looks any more.
        }
    }

    public void Dispose()
    {
        _ending.Cancel();
        _reading.Wait();
        _ending.Dispose();
        _isReady.Dispose();
    }
}
