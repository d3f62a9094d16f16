using System.IO.Compression;
using System.Security.Cryptography;
using Hondo.Data;
using Hondo.Data.Tests;
using Hondo.Data.Tests.Downloads;

namespace Hondo.Transfer.Tests;

/// <summary>Weights are found, downloaded, unpacked and checked.</summary>
public sealed class WeightsTests : IDisposable
{
    const string Variable = "XDG_CACHE_HOME", Place = "weights-of-a-test";

    static readonly byte[] Content = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * i >> 3))];

    readonly string? _cache = Environment.GetEnvironmentVariable(Variable);
    readonly ScratchFolder _scratch = new();

    public WeightsTests() => Environment.SetEnvironmentVariable(Variable, _scratch.Folder);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _cache);
        _scratch.Dispose();
    }

    string Cached => Path.Combine(_scratch.Folder, "hondo", Place);

    [Fact]
    public async Task A_file_is_downloaded_once_into_the_cache()
    {
        using var server = new MirrorServer(MirrorServer.Whole(Content));
        PretrainedWeights weights = Weights(server.Address);
        Assert.Null(weights.Path);
        string path = await weights.FetchAsync();
        Assert.Equal((Path.Combine(Cached, "net.onnx"), path), (path, weights.Path));
        Assert.Equal(Content, File.ReadAllBytes(path));
        await weights.FetchAsync();
        Assert.Single(server.Starts);
    }

    [Fact]
    public async Task A_file_inside_a_zip_is_unpacked_and_the_zip_is_gone()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("deep/inside.onnx").Open();
            entry.Write(Content);
        }
        byte[] bytes = memory.ToArray();
        using var server = new MirrorServer(MirrorServer.Whole(bytes));
        PretrainedWeights weights = Weights() with
        {
            Archive = (new("package.zip", bytes.Length, Hash(bytes), "", [server.Address]), "deep/inside.onnx"),
        };
        Assert.Equal(Content, File.ReadAllBytes(await weights.FetchAsync()));
        Assert.Equal([Path.Combine(Cached, "net.onnx")], Directory.GetFiles(Cached));
    }

    [Fact]
    public async Task Another_file_of_the_same_name_is_refused()
    {
        Directory.CreateDirectory(Cached);
        File.WriteAllBytes(Path.Combine(Cached, "net.onnx"), [1, 2, 3]);
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => Weights().FetchAsync());
        Assert.Contains("not the file that the catalog knows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mirror_that_has_nothing_or_another_file_is_followed_by_the_next()
    {
        using var gone = new MirrorServer(MirrorServer.Status("404 Not Found"));
        using var other = new MirrorServer(MirrorServer.Whole([.. Content.Select(b => (byte)(b ^ 1))]));
        using var server = new MirrorServer(MirrorServer.Whole(Content));
        string path = await Weights(gone.Address, other.Address, server.Address).FetchAsync(Patient);
        Assert.Equal(Content, File.ReadAllBytes(path));
        Assert.All([gone, other, server], mirror => Assert.NotEmpty(mirror.Starts));
        // Nothing but the file is left.
        Assert.Equal([path], Directory.GetFiles(Cached));
    }

    [Fact]
    public async Task When_all_mirrors_have_another_file_the_error_names_its_sum()
    {
        byte[] wrong = [.. Content.Select(b => (byte)(b ^ 1))];
        using var other = new MirrorServer(MirrorServer.Whole(wrong));
        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() =>
            Weights(other.Address).FetchAsync(Patient));
        Assert.Contains("SHA-256", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Cached, "net.onnx"));
    }

    [Fact]
    public async Task Without_a_network_the_error_says_where_the_file_may_be_put()
    {
        Uri nowhere;
        using (var closed = new MirrorServer(MirrorServer.Whole(Content)))
            nowhere = closed.Address;
        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() =>
            Weights(nowhere).FetchAsync(Patient));
        foreach (string part in (string[])["net.onnx", nowhere.Host, Cached])
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    static readonly DownloadOptions Patient = new() { Tries = 1 };

    [Fact]
    public async Task Without_mirrors_the_error_says_what_to_bring_and_where()
    {
        var model = new PretrainedModel("net", "a network", [], [Weights()]);
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => model.FetchAsync());
        foreach (string part in (string[])["net.onnx", Hash(Content), Place, "made of: somewhere"])
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_here_come_first_then_those_that_can_be_had()
    {
        PretrainedWeights bare = Weights(), mirrored = Weights(new Uri("https://example.org/net.onnx"));
        var model = new PretrainedModel("net", "a network", [], [bare, mirrored]);
        Assert.Same(mirrored, model.Chosen);
        Directory.CreateDirectory(Cached);
        File.WriteAllBytes(Path.Combine(Cached, "net.onnx"), Content);
        Assert.Same(bare, model.Chosen);
    }

    static PretrainedWeights Weights(params Uri[] mirrors) => new(Place,
        new("net.onnx", Content.Length, Hash(Content), "", mirrors), Preprocessing.Centered(32, 32), "somewhere",
        "MIT");

    static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
