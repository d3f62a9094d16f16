using System.Net;
using System.Net.Http.Headers;

namespace Hondo.Data;

/// <summary>Gets what is still missing of a file from one mirror.</summary>
sealed class Transfer(HttpClient client, RemoteFile file, Uri mirror, DownloadOptions options,
    IProgress<DownloadProgress>? progress)
{
    const int BufferSize = 1 << 16;

    /// <summary>Appends to the part what it lacks; begins anew when the mirror cannot go on in the middle.</summary>
    /// <exception cref="MirrorException">The mirror did not send the rest; what it sent is in the part.</exception>
    public async Task RunAsync(FileStream part, CancellationToken cancellation)
    {
        if (part.Length > file.Size)
            part.SetLength(0);
        part.Position = part.Length;
        if (part.Length == file.Size)
            return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(options.Patience);
        try
        {
            using HttpResponseMessage response = await AskAsync(part.Length, patience.Token).ConfigureAwait(false);
            Begin(response, part);
            await using Stream body =
                await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
            await CopyAsync(body, part, patience).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            double silence = options.Patience.TotalSeconds;
            throw new MirrorException(
                $"nothing came for {silence:0.#} s after {part.Length:N0} of {file.Size:N0} bytes", e);
        }
        if (part.Length < file.Size)
            throw new MirrorException($"it ended after {part.Length:N0} of {file.Size:N0} bytes");
    }

    async Task<HttpResponseMessage> AskAsync(long start, CancellationToken patience)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, mirror);
        if (start > 0)
            request.Headers.Range = new RangeHeaderValue(start, null);
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience)
                .ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new MirrorException($"no connection ({e.Message.TrimEnd('.')})", e);
        }
    }

    // Leaves the part as long as what the mirror's answer goes on from.
    void Begin(HttpResponseMessage response, FileStream part)
    {
        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        bool goesOn = response.StatusCode == HttpStatusCode.PartialContent && range?.From == part.Length;
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            part.SetLength(0);
        if (!goesOn && response.StatusCode != HttpStatusCode.OK)
            throw new MirrorException($"it answered {(int)response.StatusCode} {response.ReasonPhrase}");
        long? size = goesOn ? range!.Length : response.Content.Headers.ContentLength;
        if (size is { } offered && offered != file.Size)
            throw new MirrorException($"it offers {offered:N0} bytes, but the file has {file.Size:N0}");
        if (!goesOn && part.Length > 0)
            part.SetLength(0);
    }

    async Task CopyAsync(Stream body, FileStream part, CancellationTokenSource patience)
    {
        var buffer = new byte[BufferSize];
        long windowStart = Environment.TickCount64, inWindow = 0;
        while (true)
        {
            patience.CancelAfter(options.Patience);
            int count = await ReadAsync(body, buffer, part.Length, patience.Token).ConfigureAwait(false);
            if (count == 0)
                return;
            if (part.Length + count > file.Size)
            {
                part.SetLength(0);
                throw new MirrorException($"it sends more than the {file.Size:N0} bytes of the file");
            }
            await part.WriteAsync(buffer.AsMemory(0, count), patience.Token).ConfigureAwait(false);
            progress?.Report(new(file.Name, part.Length, file.Size, mirror.Host));
            inWindow += count;
            double seconds = (Environment.TickCount64 - windowStart) / 1000.0;
            if (seconds < options.Patience.TotalSeconds)
                continue;
            if (inWindow < options.LeastBytesPerSecond * seconds)
                throw new MirrorException($"it sends only {inWindow / seconds:N0} bytes a second");
            (windowStart, inWindow) = (Environment.TickCount64, 0);
        }
    }

    async Task<int> ReadAsync(Stream body, byte[] buffer, long received, CancellationToken patience)
    {
        try
        {
            return await body.ReadAsync(buffer, patience).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new MirrorException($"the connection broke after {received:N0} of {file.Size:N0} bytes", e);
        }
    }
}
