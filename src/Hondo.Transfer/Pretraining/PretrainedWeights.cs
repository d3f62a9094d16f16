using System.IO.Compression;
using System.Security.Cryptography;
using Hondo.Data;

namespace Hondo.Transfer;

/// <summary>The weights of a published network: an ONNX file that is known by its SHA-256.</summary>
/// <param name="Place">The folder below <c>$HONDO_DATA</c> or the cache, <c>imagenet</c>.</param>
/// <param name="File">Name, size, SHA-256 and mirrors; without mirrors it must be brought by hand.</param>
/// <param name="Preprocessing">How it wants its pictures.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Licence">What allows its use.</param>
public sealed record PretrainedWeights(string Place, RemoteFile File, Preprocessing Preprocessing, string Source,
    string Licence)
{
    /// <summary>The zip file that the mirrors have, and the name in it; null when they have the file itself.</summary>
    public (RemoteFile Zip, string Name)? Archive { get; init; }

    /// <summary>Where the file lies on this machine, or null.</summary>
    public string? Path => DataFolders.Of(Place).Select(folder => System.IO.Path.Combine(folder, File.Name))
        .FirstOrDefault(System.IO.File.Exists);

    /// <summary>True when a mirror has it.</summary>
    public bool CanFetch => Mirrors.Count > 0;

    /// <summary>Who has it.</summary>
    public IReadOnlyList<Uri> Mirrors => Archive is { } archive ? archive.Zip.Mirrors : File.Mirrors;

    /// <summary>The file on this machine, checked, or downloaded into the cache.</summary>
    /// <exception cref="DataFormatException">The file there is not the one that is known.</exception>
    /// <exception cref="DownloadException">It cannot be downloaded or written.</exception>
    public async Task<string> FetchAsync(DownloadOptions? options = null, IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        if (Path is { } path)
            return await CheckAsync(path, cancellation).ConfigureAwait(false);
        string folder = System.IO.Path.Combine(DataFolders.Cache, Place);
        if (Archive is not { } archive)
            return await Download.FetchAsync(File, folder, options, progress, cancellation).ConfigureAwait(false);
        string zip = await Download.FetchAsync(archive.Zip, folder, options, progress, cancellation)
            .ConfigureAwait(false);
        return await UnpackAsync(zip, archive.Name, folder, cancellation).ConfigureAwait(false);
    }

    async Task<string> CheckAsync(string path, CancellationToken cancellation)
    {
        await using FileStream stream = DataFile.Open(path, "an ONNX file");
        byte[] hash = await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false);
        string found = Convert.ToHexStringLower(hash);
        return found == File.Sha256 ? path : throw new DataFormatException(path, "",
            $"this is not the file that the catalog knows (SHA-256 {found} in place of {File.Sha256})",
            "Take it away, or open it by its path if it is a network of your own.");
    }

    // The zip has done its duty: the network in it is kept alone.
    async Task<string> UnpackAsync(string zip, string name, string folder, CancellationToken cancellation)
    {
        string path = System.IO.Path.Combine(folder, File.Name), part = path + ".part";
        try
        {
            using (ZipArchive archive = ZipFile.OpenRead(zip))
            {
                ZipArchiveEntry entry = archive.GetEntry(name) ?? throw new DataFormatException(zip, name,
                    "there is no such file in it", "Delete it, and get it again.");
                await using Stream from = entry.Open();
                await using FileStream to = System.IO.File.Create(part);
                await from.CopyToAsync(to, cancellation).ConfigureAwait(false);
            }
            await CheckAsync(part, cancellation).ConfigureAwait(false);
            System.IO.File.Move(part, path, overwrite: true);
            System.IO.File.Delete(zip);
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new DownloadException($"{path} cannot be unpacked ({error.Message.TrimEnd('.')}).", error);
        }
    }
}
