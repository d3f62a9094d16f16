namespace Hondo.Data;

/// <summary>A file that can be downloaded, and how to know that it arrived whole.</summary>
/// <param name="Name">Its name on disk.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in lower-case hexadecimal.</param>
/// <param name="UnzippedSha256">The SHA-256 of what it holds once unzipped: gzip files of one content differ.</param>
/// <param name="Mirrors">Where it can be had, in the order to try.</param>
public sealed record RemoteFile(string Name, long Size, string Sha256, string UnzippedSha256,
    IReadOnlyList<Uri> Mirrors);
