using Hondo.Data;
using Hondo.Tensors;

namespace Hondo.Tests.Data;

public sealed class IdxImagesTests : IDisposable
{
    static readonly byte[] TwoImages = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 20, 30, 40, 50, 255];
    static readonly byte[] TwoLabels = [0, 0, 8, 1, 0, 0, 0, 2, 1, 0];

    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Images_and_labels_that_differ_in_count_are_an_error()
    {
        _scratch.Write("train-images-idx3-ubyte", TwoImages);
        _scratch.Write("train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 3, 1, 0, 1]);
        Refused.With("3 labels for 2 images", () => IdxImages.OpenFolder(_scratch.Folder, "mine"));
    }

    [Fact]
    public void Label_255_is_an_error_that_says_where()
    {
        string images = _scratch.Write("images", TwoImages);
        string labels = _scratch.Write("labels", [.. TwoLabels[..^1], 255]);
        Refused.With("offset 9", () => IdxImages.Open(images, labels, "mine"));
        Refused.With("row 1 (counted from 0): the label is 255",
            () => IdxImages.Open(images, labels, "mine", ["a", "b"]));
    }

    [Fact]
    public void Swapped_files_are_an_error()
    {
        string images = _scratch.Write("images", TwoImages), labels = _scratch.Write("labels", TwoLabels);
        Refused.With("swapped", () => IdxImages.Open(labels, images, "x"));
    }

    [Fact]
    public void A_folder_of_four_files_is_train_and_test()
    {
        WriteFolder();
        DataSplits parts = IdxImages.OpenFolder(_scratch.Folder, "mine");
        Assert.Equal((2, 2), (parts.Train.Count, parts.Test!.Count));
        Assert.Equal<Shape>([1, 3, 1], parts.Train.Sample);
        var sample = new float[3];
        parts.Train.CopySample(1, sample);
        Assert.Equal([40 / 255f, 50 / 255f, 1], sample);
        Assert.Equal((1, 0), (parts.Train.Label(0), parts.Train.Label(1)));
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte")]
    [InlineData("train-labels-idx1-ubyte")]
    [InlineData("t10k-images-idx3-ubyte")]
    [InlineData("t10k-labels-idx1-ubyte")]
    public void A_missing_one_of_the_four_files_is_named(string name)
    {
        WriteFolder();
        File.Delete(_scratch[name]);
        Refused.With(name, () => IdxImages.OpenFolder(_scratch.Folder, "x"));
    }

    [Fact]
    public void Images_find_their_labels_beside_them()
    {
        WriteFolder();
        Dataset data = IdxImages.OpenBesideLabels(_scratch["t10k-images-idx3-ubyte"], "mine");
        Assert.Equal(2, data.Count);
        File.Delete(_scratch["t10k-labels-idx1-ubyte"]);
        Refused.With("t10k-labels-idx1-ubyte",
            () => IdxImages.OpenBesideLabels(_scratch["t10k-images-idx3-ubyte"], "mine"));
    }

    void WriteFolder()
    {
        foreach (string part in new[] { "train", "t10k" })
        {
            _scratch.Write($"{part}-images-idx3-ubyte", TwoImages);
            _scratch.Write($"{part}-labels-idx1-ubyte", TwoLabels);
        }
    }
}
