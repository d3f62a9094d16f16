using static Hondo.Data.Tests.Downloads.DownloadScratch;
using static Hondo.Data.Tests.Downloads.MirrorServer;

namespace Hondo.Data.Tests.Downloads;

public sealed class DownloadErrorTests : IDisposable
{
    readonly DownloadScratch _downloads = new();

    public void Dispose() => _downloads.Dispose();

    [Theory]
    [InlineData("403 Forbidden")]
    [InlineData("404 Not Found")]
    [InlineData("500 Internal Server Error")]
    [InlineData("503 Service Unavailable")]
    public async Task The_next_mirror_is_asked_after_an_error(string status)
    {
        using var broken = new MirrorServer(Status(status));
        using var server = new MirrorServer(Whole(Content));
        await _downloads.FetchAsync(broken, server);
        _downloads.AssertWhole();
        Assert.Equal([0], broken.Starts);
    }

    [Fact]
    public async Task Wrong_content_is_never_kept()
    {
        using var wrong = new MirrorServer(Whole(Other));
        using var server = new MirrorServer(Whole(Content));
        await _downloads.FetchAsync(wrong, server);
        _downloads.AssertWhole();
    }

    [Fact]
    public async Task A_page_in_place_of_the_file_is_refused_by_its_size()
    {
        using var page = new MirrorServer(WithoutRanges("<html>Log in</html>"u8.ToArray()));
        await _downloads.RefusedAsync("it offers 19 bytes, but the file has 200,000", page);
    }

    [Fact]
    public async Task More_bytes_than_the_file_has_are_refused()
    {
        using var server = new MirrorServer(WithoutLength([.. Content, 1]));
        await _downloads.RefusedAsync("sends more than", server);
        Assert.Equal(0, new FileInfo(_downloads.Scratch["file.part"]).Length);
    }

    [Fact]
    public async Task The_next_mirror_is_asked_when_one_says_nothing()
    {
        using var silent = new MirrorServer(Silent);
        using var stalls = new MirrorServer(Stalls(Content, 1000), Silent);
        using var server = new MirrorServer(Whole(Content));
        await _downloads.FetchAsync(Hasty, silent, stalls, server);
        _downloads.AssertWhole();
        Assert.Equal([1000], server.Starts);
    }

    [Fact]
    public async Task A_mirror_that_drips_is_given_up()
    {
        using var slow = new MirrorServer(Drips(Content));
        await _downloads.RefusedAsync("bytes a second", Hasty, slow.Address);
    }

    [Fact]
    public async Task The_error_names_each_mirror_and_what_it_did()
    {
        using var missing = new MirrorServer(Status("404 Not Found"));
        using var wrong = new MirrorServer(Whole(Other));
        string message = await _downloads.RefusedAsync("", missing, wrong);
        Assert.Contains($"{missing.Address}: it answered 404 Not Found", message, StringComparison.Ordinal);
        Assert.Contains($"{wrong.Address}: the 200,000 bytes are not the file", message, StringComparison.Ordinal);
        Assert.False(File.Exists(_downloads.Scratch["file"]));
    }

    [Fact]
    public async Task A_mirror_that_is_not_there_is_named()
    {
        var server = new MirrorServer();
        server.Dispose();
        await _downloads.RefusedAsync("no connection", Patient, server.Address);
    }

    [LinuxFact]
    public async Task A_full_disk_is_a_clear_error()
    {
        File.CreateSymbolicLink(_downloads.Scratch["file.part"], "/dev/full");
        using var server = new MirrorServer(Whole(Content));
        await _downloads.RefusedAsync("No space left", server);
    }

    [Fact]
    public async Task A_file_in_place_of_the_folder_is_a_clear_error()
    {
        using var server = new MirrorServer(Whole(Content));
        string notFolder = _downloads.Scratch.Write("taken", "x");
        DownloadException error = await Assert.ThrowsAsync<DownloadException>(
            () => Download.FetchAsync(FileAt(server.Address), notFolder, Patient));
        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
    }
}
