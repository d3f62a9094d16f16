using Hondo.Training;

namespace Hondo.Data.Tests.Images;

public sealed class MaskFolderTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("hondo-masks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A picture of 8×12 whose mask has a label in its left half and another in its right.</summary>
    void Write(string name, byte left, byte right, int height = 8, int width = 12)
    {
        foreach (string folder in new[] { "Images", "masks" })
        {
            Directory.CreateDirectory(Path.Combine(_folder, folder));
            ImageFile.Write(Path.Combine(_folder, folder, name + ".png"), new([.. Enumerable.Range(0, height * width)
                .Select(i => i % width < width / 2 ? left : right)], height, width, 1));
        }
    }

    [Fact]
    public void Colours_are_classes_in_order_and_masks_are_cut_as_their_pictures()
    {
        Write("a", 0, 200);
        Write("b", 200, 90);
        List<string> notes = [];
        DataSplits data = MaskFolder.Open(_folder, "halves", new() { Height = 8, Width = 8 }, notes);
        Assert.Equal(["0", "90", "200"], data.Train.Classes);
        Assert.Equal([8, 8, 1], data.Train.Sample.ToArray());
        var sample = new float[64];
        byte[] expected = [0, 0, 0, 0, 2, 2, 2, 2];
        data.Train.CopySample(0, sample);
        Batch batch = new Batches(data.Train, new() { Size = 1, Order = BatchOrder.AsStored }).Epoch(0).First();
        Assert.Equal(expected.Select(label => (int)label), batch.Targets.Values<int>()[..8].ToArray());
        Assert.Equal(expected.Select(label => label == 2 ? 200 / 255f : 0), sample[..8]);
        Assert.Contains("a class for each pixel (0, 90, 200)", Assert.Single(notes));
        // The command line comes here by the folder's form.
        Assert.True(MaskFolder.IsIn(_folder));
        Assert.Equal("DiceCrossEntropy()", Recipe.For(DataSource.Open(_folder).Parts).Loss);
    }

    [Fact]
    public void Classes_have_the_names_of_classes_txt_and_white_among_several_is_none()
    {
        Write("a", 0, 1);
        Write("b", 2, 255);
        File.WriteAllLines(Path.Combine(_folder, "classes.txt"), ["ground", "road", "", "tree"]);
        Dataset data = MaskFolder.Open(_folder, "streets").Train;
        Assert.Equal(["ground", "road", "tree"], data.Classes);
        Batch batch = new Batches(data, new() { Size = 2, Order = BatchOrder.AsStored }).Epoch(0).First();
        Assert.Equal([-1, 0, 1, 2], batch.Targets.Values<int>().ToArray().Distinct().Order());
        File.WriteAllText(Path.Combine(_folder, "classes.txt"), "ground");
        Assert.Contains("names 1 classes, but the masks have 3",
            Assert.Throws<DataFormatException>(() => MaskFolder.Open(_folder, "streets")).Message);
    }

    [Fact]
    public void What_has_no_mask_another_size_or_blurred_edges_is_said()
    {
        Write("a", 0, 1);
        string mask = Path.Combine(_folder, "masks", "a.png");
        File.Move(mask, Path.Combine(_folder, "masks", "other.png"));
        Assert.Contains("1 of 1 pictures have no mask", Problem());
        ImageFile.Write(mask, new(4, 4, 1));
        Assert.Contains("the mask has 4×4 pixels, its picture 8×12", Problem());
        ImageFile.Write(mask, new([.. Enumerable.Range(0, 96).Select(i => (byte)i)], 8, 12, 1));
        Assert.Contains("colours, and each is a class", Problem());
        ImageFile.Write(mask, new(8, 12, 1));
        Assert.Contains("one colour only", Problem());

        string Problem() => Assert.Throws<DataFormatException>(() =>
            MaskFolder.Open(_folder, "x", new() { Height = 8, Width = 16 })).Message;
    }
}
