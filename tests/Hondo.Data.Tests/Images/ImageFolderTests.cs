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
        Assert.EndsWith("has no picture: there is no class 'nothing'.", Assert.Single(source.Notes),
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
    public void All_bad_pictures_are_named_at_once()
    {
        for (int i = 0; i < 40; i++)
            Paint($"{(i % 2 == 0 ? "a" : "b")}/{i:00}.png", 1);
        _scratch.Write("a/31.png", "this is text");
        Refused.With($"{_scratch["a/31.png"]}, offset 0: this is no picture that can be read: it is text", () =>
            DataSource.Open(_scratch.Folder));
        _scratch.Write("b/00.png", []);
        byte[] cut = File.ReadAllBytes(_scratch["b/05.png"])[..^30];
        _scratch.Write("b/05.png", cut);
        Refused.With("3 of its 42 pictures cannot be read: a/31.png (this is no picture that can be read: it is text, "
            + "\"this is text…\"), b/00.png (the file is empty", () => DataSource.Open(_scratch.Folder));
        File.Delete(_scratch["a/31.png"]);
        File.Delete(_scratch["b/00.png"]);
        Refused.With($"{_scratch["b/05.png"]}: the file is truncated", () => DataSource.Open(_scratch.Folder));
        for (int i = 10; i < 25; i++)
            _scratch.Write($"a/{i}.jpg", [0xff, 0xd8, 0xff]);
        Refused.With("16 of its 55 pictures cannot be read: a/10.jpg", () => DataSource.Open(_scratch.Folder));
        Refused.With("a/19.jpg (the picture's header is damaged, or the file ends within it (it has 3 bytes)) and 6 "
            + "more. Fetch them again", () => DataSource.Open(_scratch.Folder));
    }

    [Fact]
    public void A_size_beyond_all_pictures_is_refused()
    {
        Paint("a/1.png", 1);
        Paint("b/1.png", 1);
        Refused.With("pictures of 40000×40000 were asked for", () =>
            DataSource.Open(_scratch.Folder, new() { Images = new() { Height = 40000 } }));
    }

    [Fact]
    public void Pictures_of_16_bits_keep_their_range()
    {
        // A detector of 12 bits fills a sixteenth of the range: 8 bits would leave 16 steps of it.
        foreach ((int i, string kind) in ((string[])["a", "b"]).Index())
        {
            Directory.CreateDirectory(_scratch[kind]);
            File.WriteAllBytes(_scratch[$"{kind}/1.png"], new PngBytes(8, 8, 16, 0, i == 1).File());
        }
        Dataset data = DataSource.Open(_scratch.Folder).Parts.Train;
        var png = new PngBytes(8, 8, 16, 0);
        for (int i = 0; i < 64; i++)
            Assert.Equal(png.Value(i / 8, i % 8, 0) / 65535f, data.Features[0, i]);
    }

    [Fact]
    public void No_budget_and_no_number_of_workers_changes_a_bit()
    {
        var random = new Random(1);
        for (int i = 0; i < 30; i++)
        {
            var image = new Image(20, 24, 3);
            random.NextBytes(image.Pixels);
            Directory.CreateDirectory(_scratch[i % 2 == 0 ? "a" : "b"]);
            ImageFile.Write(_scratch[$"{(i % 2 == 0 ? "a" : "b")}/{i:00}.png"], image);
        }
        float[] expected = Epochs(1 << 20, 0);
        Assert.Equal(expected, Epochs(0, 0));
        Assert.Equal(expected, Epochs(16 * 16 * 3 * 7, 3));

        float[] Epochs(long budget, int workers)
        {
            Dataset train = DataSource.Open(_scratch.Folder, new()
            {
                Images = new() { Height = 16, CacheBytes = budget },
            }).Parts.Train;
            var batches = new Batches(train, new()
            {
                Size = 8,
                Workers = workers,
                Normalization = Normalization.Fit(train),
            });
            List<float> numbers = [];
            for (int epoch = 0; epoch < 2; epoch++)
                foreach ((Tensors.Tensor inputs, _) in batches.Epoch(epoch))
                    numbers.AddRange(inputs.Values<float>());
            return [.. numbers];
        }
    }

    [Fact]
    public void A_negative_is_noticed()
    {
        var normalization = new Normalization([0.13f], [0.3f]);
        Assert.Contains("may be the negative", NegativePicture.Find(Flat(0.87), normalization),
            StringComparison.Ordinal);
        Assert.Null(NegativePicture.Find(Flat(0.13), normalization));
        // A bright photograph among photographs is none.
        Assert.Null(NegativePicture.Find(Flat(0.85), new Normalization([0.45f], [0.25f])));

        static FloatFeatures Flat(double value) => new([.. Enumerable.Repeat((float)value, 16)], [4, 4, 1]);
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
        ImageFile.Write(_scratch[name], image);
    }
}
