using System.Security.Cryptography;

namespace Hondo.Data.Tests.Downloads;

/// <summary>A file that tests download, and the folder that it comes to.</summary>
sealed class DownloadScratch : IDisposable
{
    public static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * i >> 5))];
    public static readonly byte[] Other = [.. Content.Select(b => (byte)~b)];

    /// <summary>Long enough for any machine: these tests wait for no one.</summary>
    public static readonly DownloadOptions Patient = new() { Patience = TimeSpan.FromSeconds(20) };

    /// <summary>For tests in which a mirror says nothing.</summary>
    public static readonly DownloadOptions Hasty = new() { Patience = TimeSpan.FromMilliseconds(500) };

    public ScratchFolder Scratch { get; } = new();

    public static RemoteFile FileAt(params Uri[] mirrors) =>
        new("file", Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content)), "", mirrors);

    public Task FetchAsync(params MirrorServer[] mirrors) => FetchAsync(Patient, mirrors);

    public Task FetchAsync(DownloadOptions options, params MirrorServer[] mirrors) =>
        Download.FetchAsync(FileAt([.. mirrors.Select(mirror => mirror.Address)]), Scratch.Folder, options);

    public Task<string> RefusedAsync(string part, params MirrorServer[] mirrors) =>
        RefusedAsync(part, Patient, [.. mirrors.Select(mirror => mirror.Address)]);

    public async Task<string> RefusedAsync(string part, DownloadOptions options, params Uri[] mirrors)
    {
        DownloadException error = await Assert.ThrowsAsync<DownloadException>(
            () => Download.FetchAsync(FileAt(mirrors), Scratch.Folder, options));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Scratch["file"]));
        return error.Message;
    }

    public void AssertWhole()
    {
        Assert.Equal(Content, File.ReadAllBytes(Scratch["file"]));
        Assert.False(File.Exists(Scratch["file.part"]));
    }

    public void Dispose() => Scratch.Dispose();
}
