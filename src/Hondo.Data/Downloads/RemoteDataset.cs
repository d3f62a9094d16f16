using System.IO.Compression;
using System.Security.Cryptography;

namespace Hondo.Data;

/// <summary>A data set that can be downloaded.</summary>
/// <param name="Name">Its name, as in <see cref="Datasets.Catalog"/>.</param>
/// <param name="Licence">What allows its use, and from whom.</param>
/// <param name="Files">Its files.</param>
public sealed record RemoteDataset(string Name, string Licence, IReadOnlyList<RemoteFile> Files)
{
    /// <summary>Downloads what is missing into a folder.</summary>
    /// <returns>The folder.</returns>
    /// <exception cref="DownloadException">A file cannot be had or written.</exception>
    public async Task<string> FetchAsync(string folder, DownloadOptions? options = null,
        IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        foreach (RemoteFile file in Files)
            await Download.FetchAsync(file, folder, options, progress, cancellation).ConfigureAwait(false);
        return folder;
    }

    /// <summary>Checks the files of a folder; one that was zipped anew is whole when its content is.</summary>
    public async Task<IReadOnlyList<FileCheck>> CheckAsync(string folder, CancellationToken cancellation = default)
    {
        List<FileCheck> checks = [];
        foreach (RemoteFile file in Files)
            checks.Add(await CheckAsync(file, Path.Combine(folder, file.Name), cancellation).ConfigureAwait(false));
        return checks;
    }

    static async Task<FileCheck> CheckAsync(RemoteFile file, string path, CancellationToken cancellation)
    {
        string unzipped = path.EndsWith(".gz", StringComparison.Ordinal) ? path[..^3] : path;
        string? found = File.Exists(path) ? path : File.Exists(unzipped) ? unzipped : null;
        if (found is null)
            return new(file.Name, FileState.Missing, $"{path} is not there");
        try
        {
            await using FileStream stream = File.OpenRead(found);
            string hash = Hex(await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false));
            if (hash == file.Sha256 || hash == file.UnzippedSha256)
                return new(file.Name, FileState.Whole, found);
            stream.Position = 0;
            await using var content = new GZipStream(stream, CompressionMode.Decompress);
            return Hex(await SHA256.HashDataAsync(content, cancellation).ConfigureAwait(false)) == file.UnzippedSha256
                ? new(file.Name, FileState.Whole, $"{found} (zipped anew)")
                : new(file.Name, FileState.Damaged, $"{found} has SHA-256 {hash} in place of {file.Sha256}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new(file.Name, FileState.Damaged, $"{found} cannot be read ({e.Message.TrimEnd('.')})");
        }
    }

    static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
