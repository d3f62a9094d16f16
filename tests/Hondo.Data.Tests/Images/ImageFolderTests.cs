namespace Hondo.Data.Tests;

public sealed class ImageFolderTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Class_folders_are_a_data_set()
    {
        Paint("cats/a.png", 10, side: 20);
        Paint("cats/more/b.png", 20, side: 20);
        Paint("dogs/a.PNG", 30, side: 24);
        _scratch.Write("dogs/notes.txt", "no picture");
        DataSource source = DataSource.Open(_scratch.Folder);
        Dataset train = source.Parts.Train;
        Assert.Equal(["cats", "dogs"], train.Classes);
        Assert.Equal([0, 0, 1], Enumerable.Range(0, 3).Select(train.Label));
        Assert.Equal([20, 20, 1], train.Sample);
        Assert.Equal([10, 20, 30], Enumerable.Range(0, 3).Select(i => (int)Math.Round(train.Features[i, 7] * 255)));
        Assert.Equal([8, 8, 1], DataSource.Open(_scratch.Folder,
            new() { Images = new() { Height = 8 } }).Parts.Train.Sample);
    }

    [Fact]
    public void Parts_in_folders_keep_their_names_and_the_training_parts_classes()
    {
        foreach (string part in (string[])["train", "val", "test"])
            foreach ((int i, string kind) in ((string[])["x", "y", "z"]).Index())
                if (part != "test" || kind != "x")
                    Paint($"{part}/{kind}/1.png", (byte)(i + 1), channels: 3);
        DataSplits parts = DataSource.Open(_scratch.Folder).Parts;
        Assert.Equal((3, 3, 2), (parts.Train.Count, parts.Dev!.Count, parts.Test!.Count));
        Assert.Equal([1, 2], Enumerable.Range(0, 2).Select(parts.Test.Label));
        Assert.Equal(3, DataSource.Open(_scratch.Folder, new() { Split = Split.Usual }).Parts.Dev!.Count);
        Directory.Delete(_scratch["test"], recursive: true);
        parts = DataSource.Open(_scratch.Folder).Parts;
        Assert.Equal((null, 3), (parts.Dev, parts.Test!.Count));
        Directory.Move(_scratch["val/z"], _scratch["val/w"]);
        Refused.With("the model or the training part has no class 'w'. Its classes are x, y, z", () =>
            DataSource.Open(_scratch.Folder));
    }

    [Fact]
    public void Photos_of_any_size_become_64_pixels_wide_and_grey_ones_coloured()
    {
        Paint("a/1.png", 5, side: 90, channels: 4);
        Paint("a/2.png", 6, side: 7, channels: 1);
        Paint("b/3.png", 7, side: 200, channels: 2);
        Assert.Equal([64, 64, 3], DataSource.Open(_scratch.Folder).Parts.Train.Sample);
    }

    [Fact]
    public void An_empty_class_is_told_and_left_out()
    {
        Paint("a/1.png", 1);
        Paint("b/1.png", 1);
        Directory.CreateDirectory(_scratch["nothing"]);
        DataSource source = DataSource.Open(_scratch.Folder);
        Assert.Equal(["a", "b"], source.Parts.Train.Classes);
        Assert.EndsWith("has no .png or .jpg file: there is no class 'nothing'.", Assert.Single(source.Notes),
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_class_and_no_class_are_refused()
    {
        Refused.With("the folder has no folders with pictures", () => DataSource.Open(_scratch.Folder));
        Paint("a/1.png", 1);
        Refused.With("there is only one class with pictures, 'a'", () => DataSource.Open(_scratch.Folder));
    }

    [Fact]
    public void The_first_bad_picture_is_named()
    {
        for (int i = 0; i < 40; i++)
            Paint($"{(i % 2 == 0 ? "a" : "b")}/{i:00}.png", 1);
        _scratch.Write("a/31.png", "this is text");
        _scratch.Write("b/00.png", []);
        Refused.With($"{_scratch["a/31.png"]}, offset 0: this is neither PNG nor JPEG: it is text", () =>
            DataSource.Open(_scratch.Folder));
        File.Delete(_scratch["a/31.png"]);
        Refused.With($"{_scratch["b/00.png"]}: the file is empty", () => DataSource.Open(_scratch.Folder));
    }

    [Fact]
    public void Too_many_pictures_for_memory_are_refused_before_any_is_decoded()
    {
        Paint("a/1.png", 1);
        Paint("b/1.png", 1);
        Refused.With("2 pictures of 40000×40000 need", () =>
            DataSource.Open(_scratch.Folder, new() { Images = new() { Height = 40000 } }));
    }

    [NamedDataFact("cifar10")]
    public void Class_folders_of_photos_open()
    {
        string folder = Path.Combine(Datasets.Find("cifar10").Folder!, "png");
        if (!Directory.Exists(folder))
            return;
        DataSplits parts = DataSource.Open(folder).Parts;
        Assert.Equal((500, 200), (parts.Train.Count, parts.Test!.Count));
        Assert.Equal([32, 32, 3], parts.Train.Sample);
    }

    void Paint(string name, byte value, int side = 16, int channels = 1)
    {
        var image = new Image(side, side, channels);
        image.Pixels.AsSpan().Fill(value);
        Directory.CreateDirectory(Path.GetDirectoryName(_scratch[name])!);
        PngFile.Write(_scratch[name], image);
    }
}
