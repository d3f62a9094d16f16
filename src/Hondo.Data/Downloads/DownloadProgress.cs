namespace Hondo.Data;

/// <summary>How far a download is.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Received">Bytes that are here, those of an earlier try included.</param>
/// <param name="Size">Bytes in all.</param>
/// <param name="Mirror">The host that they come from.</param>
public readonly record struct DownloadProgress(string File, long Received, long Size, string Mirror);
