using System.Formats.Tar;
using System.IO.Compression;
using Hondo.Data;

namespace Hondo.Tests.Data;

public sealed class Cifar10Tests : IDisposable
{
    const int Record = 3073;

    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Batches_are_read_plain_and_gzipped()
    {
        _scratch.Write("data_batch_1.bin", Batch(3, 1));
        _scratch.Write("data_batch_2.bin.gz", Zip(Batch(2, 50)));
        _scratch.Write("test_batch.bin", Batch(4, 9));
        AssertRight(Cifar10.OpenFolder(_scratch.Folder));
    }

    [Fact]
    public void The_archive_is_read_as_it_is_downloaded()
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Ustar, leaveOpen: true))
            foreach ((string name, byte[] content) in ((string, byte[])[])[("batches.meta.txt", [65]),
                ("test_batch.bin", Batch(4, 9)), ("data_batch_2.bin", Batch(2, 50)), ("data_batch_1.bin", Batch(3, 1))])
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"cifar-10-batches-bin/{name}")
                {
                    DataStream = new MemoryStream(content),
                });
        _scratch.Write("cifar-10-binary.tar.gz", Zip(tar.ToArray()));
        Assert.True(Cifar10.IsIn(_scratch.Folder));
        AssertRight(Cifar10.OpenFolder(_scratch.Folder));
        _scratch.Write("cifar-10-binary.tar.gz", Zip(tar.ToArray())[..900]);
        Assert.Throws<DataFormatException>(() => Cifar10.OpenFolder(_scratch.Folder));
    }

    [Fact]
    public void Of_several_bad_files_the_first_is_told_whichever_thread_met_its_own_first()
    {
        _scratch.Write("data_batch_1.bin", []);
        _scratch.Write("data_batch_3.bin", []);
        _scratch.Write("test_batch.bin", Batch(4, 9));
        for (int i = 0; i < 5; i++)
            Refused.With("data_batch_1.bin: the file is empty", () => Cifar10.OpenFolder(_scratch.Folder));
    }

    [Fact]
    public void What_is_missing_or_wrong_is_named()
    {
        _scratch.Write("data_batch_1.bin", Batch(3, 1));
        Refused.With("test_batch.bin is missing", () => Cifar10.OpenFolder(_scratch.Folder));
        _scratch.Write("test_batch.bin", Batch(3, 1)[..^1]);
        Refused.With("a batch has 9218 bytes", () => Cifar10.OpenFolder(_scratch.Folder));
        byte[] wrong = Batch(3, 1);
        wrong[Record] = 10;
        _scratch.Write("test_batch.bin", wrong);
        Refused.With("row 1 (counted from 0): the label is 10", () => Cifar10.OpenFolder(_scratch.Folder));
        File.Delete(_scratch["data_batch_1.bin"]);
        Refused.With("there is no data_batch_1.bin", () => Cifar10.OpenFolder(_scratch.Folder));
    }

    static void AssertRight(DataSplits parts)
    {
        Assert.Equal((5, 4), (parts.Train.Count, parts.Test!.Count));
        Assert.Equal([32, 32, 3], parts.Train.Sample);
        Assert.Equal([1, 2, 3, 0, 1], Enumerable.Range(0, 5).Select(parts.Train.Label));
        byte[] second = Batch(2, 50)[Record..];
        foreach (int pixel in (int[])[0, 31, 1023])
            for (int c = 0; c < 3; c++)
                Assert.Equal(second[1 + c * 1024 + pixel] / 255f, parts.Train.Features[4, pixel * 3 + c]);
        Assert.Equal("automobile", parts.Train.Classes[1]);
    }

    static byte[] Batch(int count, int first) => [.. Enumerable.Range(first, count).SelectMany(i =>
        (IEnumerable<byte>)[(byte)(i % 10), .. Enumerable.Range(0, Record - 1).Select(k =>
            (byte)(k * 7 + k / 256 + i))])];

    static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return zipped.ToArray();
    }
}
