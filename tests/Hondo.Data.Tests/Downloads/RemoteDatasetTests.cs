using System.IO.Compression;
using System.Security.Cryptography;

namespace Hondo.Data.Tests.Downloads;

public sealed class RemoteDatasetTests : IDisposable
{
    static readonly byte[] Content = [1, 2, 3, 4, 5];

    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_file_zipped_anew_is_whole()
    {
        _scratch.Write("file.gz", Zip(CompressionLevel.NoCompression));
        Assert.Equal(FileState.Whole, await StateAsync());
    }

    [Fact]
    public async Task The_very_file_is_whole()
    {
        _scratch.Write("file.gz", Zip(CompressionLevel.Optimal));
        Assert.Equal(FileState.Whole, await StateAsync());
    }

    [Fact]
    public async Task An_unzipped_file_is_whole()
    {
        _scratch.Write("file", Content);
        Assert.Equal(FileState.Whole, await StateAsync());
    }

    [Fact]
    public async Task A_missing_file_is_missing() => Assert.Equal(FileState.Missing, await StateAsync());

    [Fact]
    public async Task Other_bytes_are_damage()
    {
        _scratch.Write("file.gz", 5, 4, 3, 2, 1);
        Assert.Equal(FileState.Damaged, await StateAsync());
        _scratch.Write("file.gz", Zip(CompressionLevel.Optimal)[..14]);
        Assert.Equal(FileState.Damaged, await StateAsync());
    }

    [Fact]
    public async Task A_set_is_fetched_file_by_file()
    {
        byte[] zipped = Zip(CompressionLevel.Optimal);
        using var server = new MirrorServer(MirrorServer.Whole(zipped));
        RemoteDataset set = Set([server.Address]);
        Assert.Equal(_scratch.Folder, await set.FetchAsync(_scratch.Folder));
        Assert.Equal(zipped, File.ReadAllBytes(_scratch["file.gz"]));
    }

    [Fact]
    public void Every_remote_set_is_known_by_name_and_has_sums_and_mirrors()
    {
        Assert.NotEmpty(RemoteDatasets.Catalog);
        foreach (RemoteDataset set in RemoteDatasets.Catalog)
        {
            Assert.False(Datasets.Find(set.Name).IsEmbedded);
            Assert.All(set.Files, file => Assert.Equal(64, file.Sha256.Length));
            Assert.All(set.Files, file => Assert.NotEmpty(file.Mirrors));
            // Zipped IDX files are kept in two public places; Debian's packages hold them unzipped.
            if (set.Name.Contains("mnist", StringComparison.Ordinal))
                Assert.All(set.Files, file => Assert.Equal((64, 2), (file.UnzippedSha256.Length, file.Mirrors.Count)));
        }
    }

    [NamedDataFact("mnist")]
    public Task Mnist_on_this_machine_is_what_the_sums_are_of() => AssertWholeAsync("mnist");

    [NamedDataFact("fashion-mnist")]
    public Task Fashion_mnist_on_this_machine_is_what_the_sums_are_of() => AssertWholeAsync("fashion-mnist");

    static async Task AssertWholeAsync(string name) =>
        Assert.All(await RemoteDatasets.Find(name)!.CheckAsync(Datasets.Find(name).Folder!),
            check => Assert.Equal(FileState.Whole, check.State));

    async Task<FileState> StateAsync() => (await Set([]).CheckAsync(_scratch.Folder)).Single().State;

    static RemoteDataset Set(Uri[] mirrors)
    {
        byte[] zipped = Zip(CompressionLevel.Optimal);
        return new("set", "none", [new("file.gz", zipped.Length, Hash(zipped), Hash(Content), mirrors)]);
    }

    static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    static byte[] Zip(CompressionLevel level)
    {
        using var memory = new MemoryStream();
        using (var zipped = new GZipStream(memory, level))
            zipped.Write(Content);
        return memory.ToArray();
    }
}
