using Hondo.Serialization;
using Hondo.Tests.Data;

namespace Hondo.Tests.Serialization;

public sealed class DurableFileTests
{
    [Fact]
    public void A_file_holds_what_was_written()
    {
        using var scratch = new ScratchFolder();
        DurableFile.WriteText(scratch["a.txt"], "uno");
        DurableFile.WriteText(scratch["a.txt"], "dos");
        Assert.Equal("dos", File.ReadAllText(scratch["a.txt"]));
        Assert.Single(Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void A_failing_writer_leaves_the_old_file_and_nothing_else()
    {
        using var scratch = new ScratchFolder();
        string path = scratch.Write("a.txt", "old");
        Assert.Throws<InvalidOperationException>(() => DurableFile.Write(path, file =>
        {
            file.Write(new byte[100_000]);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void A_place_where_no_file_can_be_is_refused_before_writing()
    {
        using var scratch = new ScratchFolder();
        string file = scratch.Write("file", "old");
        Refuses(scratch.Folder, "this is a folder");
        Refuses(Path.Combine(file, "inner"), "is a file, not a folder");
        Refuses(Path.Combine(scratch["nowhere"], "inner"), "does not exist. Create it");
        Refuses("/", "this is a folder");
    }

    [Fact]
    public void A_name_that_is_too_long_is_refused()
    {
        using var scratch = new ScratchFolder();
        DurableFile.WriteText(scratch[new string('n', 255)], "fits");
        Refuses(scratch[new string('n', 256)], "name is too long");
        Assert.Single(Directory.GetFileSystemEntries(scratch.Folder));
    }

    [UnprivilegedFact]
    public void A_folder_that_may_not_be_written_is_named()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var scratch = new ScratchFolder();
        File.SetUnixFileMode(scratch.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Refuses(scratch["a.txt"], "no permission to write in");
        File.SetUnixFileMode(scratch.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void A_private_file_stays_private()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var scratch = new ScratchFolder();
        string path = scratch.Write("a.txt", "old");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        DurableFile.WriteText(path, "new");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Leftovers_of_killed_processes_go_and_those_of_living_ones_stay()
    {
        using var scratch = new ScratchFolder();
        scratch.Write(".hondo-0123456789ABCDEF.tmp", "left");
        string mine = scratch.Write("mine.tmp", "mine");
        DurableFile.Write(scratch["a.txt"], _ => Assert.Equal(1, DurableFile.RemoveLeftovers(scratch.Folder)));
        Assert.Equal([scratch["a.txt"], mine], Directory.GetFiles(scratch.Folder).Order());
    }

    [Theory]
    [InlineData(28, "the disk is full. Free some space")]
    [InlineData(122, "your share of the disk is used up")]
    [InlineData(30, "the disk can only be read")]
    [InlineData(5, "cable loose. Check the disk")]
    public void An_error_of_the_disk_is_told_with_its_mend(int code, string problem)
    {
        using var scratch = new ScratchFolder();
        string path = scratch.Write("a.txt", "old");
        for (int step = 0; step < 3; step++)
        {
            var disk = new FailingDisk(step, new IOException("cable loose", code));
            string message = Assert.Throws<IOException>(() => DurableFile.Write(path, Content, disk)).Message;
            Assert.StartsWith($"{path} cannot be written: {problem}", message, StringComparison.Ordinal);
            Assert.EndsWith("is unchanged.", message, StringComparison.Ordinal);
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Single(Directory.GetFileSystemEntries(scratch.Folder));
        }
    }

    [Fact]
    public void An_error_after_the_renaming_says_that_the_new_file_is_there()
    {
        using var scratch = new ScratchFolder();
        var disk = new FailingDisk(3, new IOException("cable loose", 5));
        string message = Assert.Throws<IOException>(() => DurableFile.Write(scratch["a.txt"], Content, disk)).Message;
        Assert.Contains("the new file is in place, but cable loose", message, StringComparison.Ordinal);
        Assert.Equal("content", File.ReadAllText(scratch["a.txt"]));
    }

    static void Content(Stream file) => file.Write("content"u8);

    static void Refuses(string path, string problem)
    {
        string message = Assert.Throws<IOException>(() => DurableFile.WriteText(path, "new")).Message;
        Assert.StartsWith($"{path} cannot be written: ", message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    sealed class FailingDisk(int failingStep, IOException error) : IDisk
    {
        public Stream Create(string path) => failingStep == 0 ? throw error : Disk.Instance.Create(path);

        public void Flush(Stream file) => Do(1, () => Disk.Instance.Flush(file));

        public void Rename(string from, string to) => Do(2, () => Disk.Instance.Rename(from, to));

        public void FlushFolder(string folder) => Do(3, () => Disk.Instance.FlushFolder(folder));

        public void Delete(string path) => Disk.Instance.Delete(path);

        void Do(int step, Action action)
        {
            if (step == failingStep)
                throw error;
            action();
        }
    }
}
