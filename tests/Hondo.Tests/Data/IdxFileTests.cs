using System.IO.Compression;
using Hondo.Data;

namespace Hondo.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    static readonly byte[] TwoImages = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 20, 30, 40, 50, 255];

    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("images")]
    [InlineData("images.gz")]
    public void What_is_written_is_read_back(string name)
    {
        var array = new IdxArray([3, 2, 5], [.. Enumerable.Range(0, 30).Select(i => (byte)(i * 7))]);
        IdxFile.Write(_scratch[name], array);
        IdxArray read = IdxFile.Read(_scratch[name]);
        Assert.Equal(array.Shape, read.Shape);
        Assert.Equal(array.Values, read.Values);
        Assert.Equal(name.EndsWith(".gz", StringComparison.Ordinal), File.ReadAllBytes(_scratch[name])[0] == 0x1f);
    }

    [Fact]
    public void Gzip_is_known_by_content_not_by_name()
    {
        string zipped = _scratch.Write("plain-name", Zip(TwoImages)), plain = _scratch.Write("name.gz", TwoImages);
        Assert.Equal(IdxFile.Read(plain).Values, IdxFile.Read(zipped).Values);
    }

    [Fact]
    public void A_file_cut_anywhere_is_an_error_that_names_it()
    {
        for (int length = 1; length < TwoImages.Length; length++)
        {
            string path = _scratch.Write("cut", TwoImages[..length]);
            Refused.With(path, () => IdxFile.Read(path));
        }
    }

    [Fact]
    public void A_gzip_cut_anywhere_is_an_error_that_names_it()
    {
        byte[] whole = Zip(TwoImages);
        for (int length = 1; length < whole.Length; length++)
        {
            string path = _scratch.Write("cut.gz", whole[..length]);
            Refused.With(path, () => IdxFile.Read(path));
        }
    }

    [Fact]
    public void A_gzip_with_a_flipped_byte_never_gives_other_pixels()
    {
        byte[] whole = Zip(TwoImages);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x55;
            string path = _scratch.Write("damaged.gz", damaged);
            try
            {
                Assert.Equal(TwoImages[16..], IdxFile.Read(path).Values);
            }
            catch (DataFormatException)
            {
            }
        }
    }

    [Fact]
    public void A_wrong_magic_number_is_named()
    {
        string path = _scratch.Write("wrong", [0, 0, 9, 9, .. TwoImages[4..]]);
        Refused.With("0x00000909", () => IdxFile.Read(path));
        string text = _scratch.Write("text", "label,pixel\n1,2\n");
        Refused.With("not IDX", () => IdxFile.Read(text));
    }

    [Fact]
    public void Numbers_that_are_not_bytes_are_named()
    {
        string path = _scratch.Write("floats", [0, 0, 0x0d, 1, 0, 0, 0, 1, 0, 0, 0, 0]);
        Refused.With("0x0d", () => IdxFile.Read(path));
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 8, 3, 127, 255, 255, 255, 127, 255, 255, 255, 127, 255, 255, 255 })]
    [InlineData(new byte[] { 0, 0, 8, 1, 127, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 8, 1, 255, 255, 255, 255 })]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0, 5 })]
    public void A_header_that_promises_too_much_or_nothing_allocates_nothing(byte[] header)
    {
        string plain = _scratch.Write("bomb", header), zipped = _scratch.Write("bomb.gz", Zip(header));
        Refused.With("", () => IdxFile.Read(plain));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused.With("", () => IdxFile.Read(plain));
        Refused.With("", () => IdxFile.Read(zipped));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Bytes_after_the_promised_ones_are_an_error()
    {
        string path = _scratch.Write("long", [.. TwoImages, 0]);
        Refused.With("after the 6", () => IdxFile.Read(path));
    }

    [Fact]
    public void An_empty_file_is_an_error() =>
        Refused.With("empty", () => IdxFile.Read(_scratch.Write("empty")));

    [Fact]
    public void A_folder_in_place_of_a_file_is_an_error() =>
        Refused.With("folder", () => IdxFile.Read(_scratch.Folder));

    [Fact]
    public void A_missing_file_is_an_error() =>
        Refused.With("no such file", () => IdxFile.Read(_scratch["none"]));

    [Fact]
    public void A_loop_of_links_is_an_error()
    {
        File.CreateSymbolicLink(_scratch["a"], _scratch["b"]);
        File.CreateSymbolicLink(_scratch["b"], _scratch["a"]);
        Refused.With(_scratch["a"], () => IdxFile.Read(_scratch["a"]));
    }

    [UnprivilegedFact]
    public void A_file_without_read_permission_is_an_error()
    {
        string path = _scratch.Write("secret", TwoImages);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.None);
        Refused.With("permission", () => IdxFile.Read(path));
    }

    static byte[] Zip(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var zipped = new GZipStream(memory, CompressionMode.Compress))
            zipped.Write(bytes);
        return memory.ToArray();
    }
}
