namespace Hondo.Dashboard.Web;

/// <summary>Writes to browsers that may have stopped reading.</summary>
static class TimedWriter
{
    // Kestrel's own least rate lets who has been sent a megabyte sit on it for a quarter of an hour.
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Writes, and waits until it has gone out.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, or nobody read for five seconds.</exception>
    public static async Task WriteAsync(Stream output, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Longest);
        await output.WriteAsync(bytes, patience.Token);
        await output.FlushAsync(patience.Token);
    }
}
