using System.Text;
using Hondo.Serialization;
using Hondo.Tests.Data;

namespace Hondo.Tests.Serialization;

public sealed class CheckpointFolderTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    string Folder => _scratch["last"];

    static Dictionary<string, Action<Stream>> Files(string text) => new()
    {
        ["a.bin"] = file => file.Write(Encoding.UTF8.GetBytes(text)),
        ["b.bin"] = file => file.Write(new byte[1000]),
    };

    static string? Newest(CheckpointFolder folder, out List<string> skipped)
    {
        List<string> told = [];
        string? newest = folder.FindNewest(told.Add);
        skipped = told;
        return newest is null ? null : File.ReadAllText(Path.Combine(newest, "a.bin"));
    }

    [Fact]
    public void The_newest_is_found_and_so_many_are_kept()
    {
        var folder = new CheckpointFolder(Folder, keep: 2);
        Assert.Null(Newest(folder, out _));
        foreach (int step in (int[])[0, 5, 5, 12])
            folder.Save(step, Files($"step {step}"));
        Assert.Equal("step 12", Newest(folder, out List<string> skipped));
        Assert.Empty(skipped);
        Assert.Equal(2, Directory.GetDirectories(Folder).Length);
    }

    [Fact]
    public void Every_flipped_bit_and_every_truncation_is_found_and_the_one_before_it_is_taken()
    {
        var folder = new CheckpointFolder(Folder);
        folder.Save(1, Files("old"));
        string newest = folder.Save(2, Files("new"));
        var random = new Random(1);
        foreach (string path in Directory.GetFiles(newest))
        {
            byte[] bytes = File.ReadAllBytes(path);
            for (int i = 0; i < 100; i++)
            {
                byte[] damaged = [.. bytes];
                int place = random.Next(bytes.Length);
                if (i % 2 == 0)
                    damaged[place] ^= (byte)(1 << random.Next(8));
                else
                    Array.Resize(ref damaged, place);
                File.WriteAllBytes(path, damaged);
                Assert.Equal("old", Newest(folder, out List<string> skipped));
                Assert.Contains("is damaged", Assert.Single(skipped), StringComparison.Ordinal);
            }
            File.Delete(path);
            Assert.Equal("old", Newest(folder, out _));
            File.WriteAllBytes(path, bytes);
        }
        Assert.Equal("new", Newest(folder, out _));
    }

    [Fact]
    public void An_error_anywhere_is_told_and_leaves_the_checkpoint_before_and_nothing_else()
    {
        new CheckpointFolder(Folder).Save(1, Files("old"));
        string[] before = Directory.GetFileSystemEntries(Folder, "*", SearchOption.AllDirectories);
        int operations = 0;
        for (int failing = 0; ; failing++)
        {
            var disk = new FaultyDisk(failing);
            var folder = new CheckpointFolder(Folder, 2, disk);
            if (Record.Exception(() => folder.Save(2, Files("new"))) is not { } error)
                break;
            operations++;
            Assert.Contains("cannot be written: ", Assert.IsType<IOException>(error).Message, StringComparison.Ordinal);
            Assert.Equal("old", Newest(folder, out _));
            Assert.Equal(before, Directory.GetFileSystemEntries(Folder, "*", SearchOption.AllDirectories));
        }
        // Create, write, flush, rename and flush of the folder for each of three files, and the folder above at last.
        Assert.InRange(operations, 16, 20);
        Assert.Equal("new", Newest(new(Folder), out _));
    }
}
