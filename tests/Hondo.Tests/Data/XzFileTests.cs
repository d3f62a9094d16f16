using Hondo.Data;

namespace Hondo.Tests.Data;

public sealed class XzFileTests
{
    // "abcabcabc…" of 300 bytes, then 40 bytes of noise; packed by xz 5.4 with CRC-64.
    const string Packed =
        "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AFTADddADCYiK1LNu0bs9AdTPRFLO0weZ9SUMGlfLTak9cn+CsKb6SYxd33lDXE"
        + "Dw0ub5alZgPW5KHMQAAAAH+BHoNvkaoHAAFT1AIAAACWvzOfscRn+wIAAAAABFla";

    static readonly byte[] Plain = [.. Enumerable.Range(0, 300).Select(i => (byte)('a' + i % 3)),
        .. Enumerable.Range(0, 40).Select(i => (byte)(i * i * 37 + i * 11))];

    [Fact]
    public void What_xz_packed_is_unpacked() =>
        Assert.Equal(Plain, XzFile.Unpack(Convert.FromBase64String(Packed), "a.xz", Plain.Length));

    [Fact]
    public void A_cut_or_changed_file_is_refused()
    {
        byte[] whole = Convert.FromBase64String(Packed);
        // What follows the block's checksum is an index, which is not needed.
        int end = whole.Length - 24;
        for (int i = 0; i < end; i++)
        {
            byte[] cut = whole[..i], changed = [.. whole];
            changed[i] ^= 0x10;
            Assert.Throws<DataFormatException>(() => XzFile.Unpack(cut, "a.xz", Plain.Length));
            Assert.Throws<DataFormatException>(() => XzFile.Unpack(changed, "a.xz", Plain.Length));
        }
        Refused.With("it holds 340 bytes in place of 341", () => XzFile.Unpack(whole, "a.xz", 341));
        Refused.With("it holds more than the 339 bytes expected", () => XzFile.Unpack(whole, "a.xz", 339));
    }

    [NamedDataFact("cifar10")]
    public void The_batches_of_CIFAR10_are_as_published()
    {
        NamedDataset cifar = Datasets.Find("cifar10");
        using var few = new ScratchFolder();
        // Of the files for training one is enough, where it is .xz: a second a file.
        foreach (string file in (string[])["data_batch_1.bin.xz", "test_batch.bin.xz"])
            if (File.Exists(Path.Combine(cifar.Folder!, file)))
                File.CreateSymbolicLink(few[file], Path.Combine(cifar.Folder!, file));
        DataSplits parts = cifar.OpenFolder(Cifar10.IsIn(few.Folder) ? few.Folder : cifar.Folder!);
        Assert.Equal(10000, parts.Test!.Count);
        Assert.All(parts.Test.ClassCounts(), count => Assert.Equal(1000, count));
        if (parts.Train.Count >= 10000)
            Assert.Equal([6, 9, 9, 4, 1, 1, 2, 7, 8, 3], Enumerable.Range(0, 10).Select(parts.Train.Label));
    }
}
