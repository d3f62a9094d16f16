using Hondo.Data.Tests.Downloads;

namespace Hondo.Data.Tests;

public sealed class PictureTreeTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("Train", "TEST", "Val")]
    [InlineData("training_set", "test_set", "validation-set")]
    [InlineData("training_set/training_set", "test_set/test_set", "dev")]
    public void Parts_are_known_in_any_capitals(string train, string test, string dev)
    {
        foreach (string part in (string[])[train, test, dev])
            foreach (string kind in (string[])["cat", "dog"])
                Paint($"{part}/{kind}/1.png", 1);
        DataSplits parts = DataSource.Open(_scratch.Folder).Parts;
        Assert.Equal(["cat", "dog"], parts.Train.Classes);
        Assert.Equal((2, 2, 2), (parts.Train.Count, parts.Dev!.Count, parts.Test!.Count));
    }

    [Fact]
    public void Folders_may_have_other_names_than_classes()
    {
        Paint("n2/1.png", 1);
        Paint("y/1.png", 2);
        var images = new ImageOptions
        {
            Classes = ["x", "y"],
            Aliases = new Dictionary<string, string> { ["n1"] = "x", ["n2"] = "y" },
        };
        Dataset pictures = DataSource.Open(_scratch.Folder, new() { Images = images }).Parts.Train;
        Assert.Equal([1, 1], Enumerable.Range(0, 2).Select(pictures.Label));
        Assert.Equal(["x", "y"], pictures.Classes);
        Assert.Equal(_scratch.Folder, ImageFolder.TestPart(_scratch.Folder));
        Paint("train/x/1.png", 1);
        Paint("val/x/1.png", 1);
        Assert.Equal(_scratch["val"], ImageFolder.TestPart(_scratch.Folder));
    }

    [Fact]
    public void A_class_may_be_called_train()
    {
        foreach (string kind in (string[])["bus", "car", "train"])
            Paint($"{kind}/1.png", 1);
        Assert.Equal(["bus", "car", "train"], DataSource.Open(_scratch.Folder).Parts.Train.Classes);
        // Even one whose pictures lie deeper.
        Directory.CreateDirectory(_scratch["train/steam"]);
        File.Move(_scratch["train/1.png"], _scratch["train/steam/1.png"]);
        Assert.Equal(["bus", "car", "train"], DataSource.Open(_scratch.Folder).Parts.Train.Classes);
    }

    [Fact]
    public void Class_folders_may_be_links_to_elsewhere()
    {
        foreach (string kind in (string[])["cat", "dog"])
        {
            Paint($"store/{kind}/1.png", 1);
            Directory.CreateDirectory(_scratch["data"]);
            Directory.CreateSymbolicLink(_scratch[$"data/{kind}"], _scratch[$"store/{kind}"]);
        }
        DataSource found = DataSource.Open(_scratch["data"]);
        Assert.Equal(["cat", "dog"], found.Parts.Train.Classes);
        Assert.Empty(found.Notes);
    }

    [Fact]
    public void What_was_found_is_said_and_where_it_lies_deeper()
    {
        foreach (string kind in (string[])["cat", "dog"])
            Paint($"pets/photos/{kind}/1.png", 1);
        Assert.EndsWith(": 2 pictures, 16×16 in grey; 2 classes: cat, dog", DataSource.Open(_scratch["pets/photos"])
            .Summary, StringComparison.Ordinal);
        Refused.With($"If those are the folders in {_scratch["pets/photos"]}, name that one.",
            () => DataSource.Open(_scratch["pets"]));
    }

    [Fact]
    public void Classes_that_look_alike_are_said()
    {
        foreach (string kind in (string[])["dog", "dog_", "bird"])
            Paint($"{kind}/1.png", 1);
        DataSource source = DataSource.Open(_scratch.Folder);
        Assert.Equal(3, source.Parts.Train.Classes.Count);
        Assert.Contains(source.Notes, note => note.Contains("'dog' and 'dog_' look almost alike",
            StringComparison.Ordinal));
    }

    [Fact]
    public void Hidden_folders_and_files_are_left_out()
    {
        foreach (string kind in (string[])["a", "b"])
        {
            Paint($"{kind}/1.png", 1);
            Paint($"{kind}/.ipynb_checkpoints/1-checkpoint.png", 1);
            _scratch.Write($"{kind}/._1.png", "Mac");
            Paint($"__MACOSX/{kind}/1.png", 1);
            Paint($".thumbnails/{kind}.png", 1);
        }
        DataSource source = DataSource.Open(_scratch.Folder);
        Assert.Equal(["a", "b"], source.Parts.Train.Classes);
        Assert.Equal(2, source.Parts.Train.Count);
        Assert.Empty(source.Notes);
    }

    [Fact]
    public void Files_of_other_kinds_are_counted()
    {
        Paint("a/1.png", 1);
        Paint("b/1.png", 1);
        foreach (string name in (string[])["a/1.heic", "a/2.HEIC", "b/list.csv", "b/notes"])
            _scratch.Write(name, "x");
        Assert.EndsWith("4 files that are no pictures Hondo reads are left out (2 .heic, 1 .csv, 1 without ending).",
            Assert.Single(DataSource.Open(_scratch.Folder).Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void The_size_is_that_of_the_median_picture()
    {
        Paint("a/0.png", 1, side: 1);
        foreach (string name in (string[])["a/1.png", "a/2.png", "b/1.png", "b/2.png"])
            Paint(name, 1, side: 60);
        DataSource source = DataSource.Open(_scratch.Folder);
        Assert.Equal([60, 60, 1], source.Parts.Train.Sample);
        Assert.Contains("pictures become 60×60; 1 of 5 have another size", Assert.Single(source.Notes),
            StringComparison.Ordinal);
    }

    [LinuxFact]
    public void Links_that_lead_back_end_and_dead_links_and_pipes_are_named()
    {
        Paint("a/1.png", 1);
        Paint("b/1.png", 2);
        Directory.CreateSymbolicLink(_scratch["a/loop"], _scratch.Folder);
        Directory.CreateSymbolicLink(_scratch["a/self"], ".");
        DataSource source = DataSource.Open(_scratch.Folder);
        Assert.Equal((2, 2), (source.Parts.Train.Count, source.Parts.Train.Classes.Count));
        Assert.Contains("left out", Assert.Single(source.Notes), StringComparison.Ordinal);
        File.CreateSymbolicLink(_scratch["b/dead.png"], _scratch["nowhere.png"]);
        Refused.With($"{_scratch["b/dead.png"]}: there is no such file", () => DataSource.Open(_scratch.Folder));
        File.Delete(_scratch["b/dead.png"]);
        System.Diagnostics.Process.Start("mkfifo", _scratch["b/pipe.png"]).WaitForExit();
        Refused.With($"{_scratch["b/pipe.png"]}: the file is empty, but a picture was expected (a pipe or a device",
            () => DataSource.Open(_scratch.Folder));
        File.Delete(_scratch["b/pipe.png"]);
        File.CreateSymbolicLink(_scratch["b/zero.png"], "/dev/zero");
        Refused.With($"{_scratch["b/zero.png"]}: the file is empty", () => DataSource.Open(_scratch.Folder));
    }

    [LinuxFact]
    public void A_class_folder_may_be_a_link_to_elsewhere()
    {
        using var elsewhere = new ScratchFolder();
        Paint("a/1.png", 1);
        File.Copy(_scratch["a/1.png"], elsewhere["1.png"]);
        Directory.CreateSymbolicLink(_scratch["b"], elsewhere.Folder);
        Assert.Equal(2, DataSource.Open(_scratch.Folder).Parts.Train.Count);
    }

    void Paint(string name, byte value, int side = 16)
    {
        var image = new Image(side, side, 1);
        image.Pixels.AsSpan().Fill(value);
        Directory.CreateDirectory(Path.GetDirectoryName(_scratch[name])!);
        ImageFile.Write(_scratch[name], image);
    }
}
