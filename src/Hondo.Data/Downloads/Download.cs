using System.Security.Cryptography;

namespace Hondo.Data;

/// <summary>
/// Downloads a file from the first mirror that gives it whole. What has arrived is kept beside it as <c>.part</c> and
/// gone on with, from another mirror or on another day; the file gets its name only when size and SHA-256 are right.
/// </summary>
public static class Download
{
    static readonly HttpClient Client = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", "Hondo" } },
    };

    /// <summary>Downloads a file into a folder, unless it is there already.</summary>
    /// <returns>The path of the file.</returns>
    /// <exception cref="DownloadException">No mirror gave it, or it cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the next call goes on from there.</exception>
    public static async Task<string> FetchAsync(RemoteFile file, string folder, DownloadOptions? options = null,
        IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        string path = Path.Combine(folder, file.Name);
        try
        {
            Directory.CreateDirectory(folder);
            if (File.Exists(path) && await IsWholeAsync(path, file, cancellation).ConfigureAwait(false))
                return path;
            await FetchPartAsync(file, path, options ?? new(), progress, cancellation).ConfigureAwait(false);
            File.Move(path + ".part", path, overwrite: true);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException($"{path} cannot be written ({e.Message.TrimEnd('.')}). Is another process "
                + "downloading it, is the disk full, may you write there?", e);
        }
    }

    static async Task FetchPartAsync(RemoteFile file, string path, DownloadOptions options,
        IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        List<string> failures = [];
        await using var part = new FileStream(path + ".part", FileMode.OpenOrCreate, FileAccess.ReadWrite,
            FileShare.None, bufferSize: 1);
        foreach (Uri mirror in file.Mirrors)
        {
            var transfer = new Transfer(Client, file, mirror, options, progress);
            for (int i = 0; i < options.Tries; i++)
            {
                long before = part.Length;
                try
                {
                    await transfer.RunAsync(part, cancellation).ConfigureAwait(false);
                    await CheckAsync(part, file, cancellation).ConfigureAwait(false);
                    return;
                }
                catch (MirrorException e)
                {
                    failures.Add($"{mirror}: {e.Message}");
                    // Less than before: the old part was at fault, so this mirror deserves a try from the start.
                    if (part.Length == before)
                        break;
                }
            }
        }
        throw new DownloadException($"{file.Name} could not be downloaded: {string.Join("; ", failures.Distinct())}. "
            + $"Check the network, or put the file into {Path.GetDirectoryName(path)} yourself.");
    }

    static async Task CheckAsync(FileStream part, RemoteFile file, CancellationToken cancellation)
    {
        part.Position = 0;
        byte[] hash = await SHA256.HashDataAsync(part, cancellation).ConfigureAwait(false);
        string found = Convert.ToHexStringLower(hash);
        if (found == file.Sha256)
        {
            part.Flush(flushToDisk: true);
            return;
        }
        part.SetLength(0);
        throw new MirrorException(
            $"the {file.Size:N0} bytes are not the file (SHA-256 {found} in place of {file.Sha256})");
    }

    static async Task<bool> IsWholeAsync(string path, RemoteFile file, CancellationToken cancellation)
    {
        await using FileStream stream = File.OpenRead(path);
        return stream.Length == file.Size
            && Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false))
                == file.Sha256;
    }
}
