using static Hondo.Data.Tests.Downloads.DownloadScratch;
using static Hondo.Data.Tests.Downloads.MirrorServer;

namespace Hondo.Data.Tests.Downloads;

public sealed class DownloadTests : IDisposable
{
    readonly DownloadScratch _downloads = new();

    public void Dispose() => _downloads.Dispose();

    [Fact]
    public async Task A_file_arrives_whole_under_its_name()
    {
        using var server = new MirrorServer(Whole(Content));
        await _downloads.FetchAsync(server);
        _downloads.AssertWhole();
        Assert.Equal([0], server.Starts);
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_asked_for_again()
    {
        _downloads.Scratch.Write("file", Content);
        using var server = new MirrorServer(Status("500 No"));
        await _downloads.FetchAsync(server);
        Assert.Empty(server.Starts);
    }

    [Fact]
    public async Task A_damaged_file_that_is_there_is_replaced()
    {
        _downloads.Scratch.Write("file", Other);
        using var server = new MirrorServer(Whole(Content));
        await _downloads.FetchAsync(server);
        _downloads.AssertWhole();
    }

    [Fact]
    public async Task A_truncated_answer_is_gone_on_with()
    {
        using var server = new MirrorServer(Truncated(Content, 70_000));
        await _downloads.FetchAsync(server);
        _downloads.AssertWhole();
        Assert.Equal([0, 70_000, 140_000], server.Starts);
    }

    [Fact]
    public async Task A_truncated_answer_without_length_is_gone_on_with()
    {
        using var server = new MirrorServer(WithoutLength(Content[..1000]), Whole(Content));
        await _downloads.FetchAsync(server);
        _downloads.AssertWhole();
        Assert.Equal([0, 1000], server.Starts);
    }

    [Fact]
    public async Task What_an_earlier_day_left_is_gone_on_with()
    {
        _downloads.Scratch.Write("file.part", Content[..50_000]);
        using var server = new MirrorServer(Whole(Content));
        await _downloads.FetchAsync(server);
        _downloads.AssertWhole();
        Assert.Equal([50_000], server.Starts);
    }

    [Fact]
    public async Task Another_mirror_goes_on_where_the_first_broke_off()
    {
        using var broken = new MirrorServer(Truncated(Content, 70_000), Status("500 Internal Server Error"));
        using var server = new MirrorServer(Whole(Content));
        await _downloads.FetchAsync(broken, server);
        _downloads.AssertWhole();
        Assert.Equal([70_000], server.Starts);
    }

    [Fact]
    public async Task A_mirror_that_knows_no_ranges_begins_anew()
    {
        _downloads.Scratch.Write("file.part", Content[..50_000]);
        using var server = new MirrorServer(WithoutRanges(Content));
        await _downloads.FetchAsync(server);
        _downloads.AssertWhole();
    }

    [Fact]
    public async Task A_part_of_something_else_is_found_out_and_begun_anew()
    {
        _downloads.Scratch.Write("file.part", Other[..50_000]);
        using var server = new MirrorServer(Whole(Content));
        await _downloads.FetchAsync(server);
        _downloads.AssertWhole();
        Assert.Equal([50_000, 0], server.Starts);
    }

    [Fact]
    public async Task A_part_that_is_too_long_is_begun_anew()
    {
        _downloads.Scratch.Write("file.part", [.. Content, 1, 2, 3]);
        using var server = new MirrorServer(Whole(Content));
        await _downloads.FetchAsync(server);
        _downloads.AssertWhole();
    }

    [Fact]
    public async Task A_range_that_a_mirror_cannot_give_is_begun_anew()
    {
        _downloads.Scratch.Write("file.part", Content[..50_000]);
        using var server = new MirrorServer(Status("416 Range Not Satisfiable"), Whole(Content));
        await _downloads.FetchAsync(server);
        _downloads.AssertWhole();
        Assert.Equal([50_000, 0], server.Starts);
    }

    [Fact]
    public async Task Progress_ends_with_the_size()
    {
        using var server = new MirrorServer(Truncated(Content, 70_000));
        var last = new Last();
        await Download.FetchAsync(FileAt(server.Address), _downloads.Scratch.Folder, Patient, last);
        Assert.Equal(new DownloadProgress("file", 200_000, 200_000, "127.0.0.1"), last.Value);
        Assert.True(last.IsGrowing);
    }

    [Fact]
    public async Task A_cancelled_download_keeps_what_it_has()
    {
        using var server = new MirrorServer(Stalls(Content, 1000));
        using var cancellation = new CancellationTokenSource();
        var options = new DownloadOptions { Patience = TimeSpan.FromMinutes(1) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Download.FetchAsync(FileAt(server.Address),
            _downloads.Scratch.Folder, options, new Cancels(cancellation), cancellation.Token));
        Assert.Equal(1000, new FileInfo(_downloads.Scratch["file.part"]).Length);
    }

    [Fact]
    public async Task Two_downloads_of_one_file_do_not_mix()
    {
        using var server = new MirrorServer(Whole(Content));
        string part = _downloads.Scratch["file.part"];
        await using (new FileStream(part, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            await _downloads.RefusedAsync("another process", server);
        await _downloads.FetchAsync(server);
        _downloads.AssertWhole();
    }

    sealed class Last : IProgress<DownloadProgress>
    {
        public DownloadProgress Value { get; private set; }

        public bool IsGrowing { get; private set; } = true;

        public void Report(DownloadProgress value)
        {
            IsGrowing &= value.Received > Value.Received;
            Value = value;
        }
    }

    sealed class Cancels(CancellationTokenSource cancellation) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => cancellation.Cancel();
    }
}
