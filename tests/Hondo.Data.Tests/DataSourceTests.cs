using Hondo.Tensors;

namespace Hondo.Data.Tests;

public sealed class DataSourceTests : IDisposable
{
    static readonly byte[] Images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 20, 30, 40, 50, 255];
    static readonly byte[] Labels = [0, 0, 8, 1, 0, 0, 0, 2, 1, 0];

    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("digits", 4000, 1000)]
    [InlineData("Iris", 150, 0)]
    public void An_embedded_set_opens_by_name(string name, int train, int test)
    {
        DataSplits parts = DataSource.Open(name).Parts;
        Assert.Equal((train, test), (parts.Train.Count, parts.Test?.Count ?? 0));
    }

    [Fact]
    public void A_split_is_made_on_opening()
    {
        DataSplits parts = DataSource.Open("iris", new() { Split = Split.Usual, Seed = 3 }).Parts;
        Assert.Equal((90, 30, 30), (parts.Train.Count, parts.Dev!.Count, parts.Test!.Count));
        Assert.All(parts.Test.ClassCounts(), count => Assert.Equal(10, count));
    }

    [Fact]
    public void A_table_opens_by_path()
    {
        string path = _scratch.Write("fruit.csv", "size,fruit\n7,apple\n6,apple\n8,pear\n9,pear\n");
        DataSource source = DataSource.Open(path);
        Assert.Equal("fruit", source.Name);
        Assert.Equal(["apple", "pear"], source.Parts.Train.Classes);
        Assert.Equal("size", source.Schema!.FeatureNames[0]);
        DataSource sizes = DataSource.Open(path, new() { Csv = new() { Target = "size", Task = CsvTask.Numbers } });
        Assert.Equal("size", ((RegressionTargets)sizes.Parts.Train.Targets).Names[0]);
    }

    [Fact]
    public void Missing_values_are_filled_from_the_training_part_only()
    {
        string rows = string.Concat(Enumerable.Range(0, 100).Select(i => $"{(i % 10 == 0 ? "" : i)},{i % 2}\n"));
        string path = _scratch.Write("gaps.csv", "x,y\n" + rows);
        DataSource source = DataSource.Open(path, new() { Split = Split.Usual });
        Dataset train = source.Parts.Train;
        double sum = 0;
        int count = 0;
        for (int i = 0; i < train.Count; i++)
            if (train.Row(i) % 10 != 0)
                (sum, count) = (sum + train.Row(i), count + 1);
        Assert.Equal((float)(sum / count), source.Schema!.Columns[0].Fill);
        Assert.Equal(source.Schema.Columns[0].Fill, train.Features[0, 0]);
        Assert.Contains("10 missing values of x become the mean", source.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_four_files_opens_by_path()
    {
        WriteFolder(_scratch.Folder);
        DataSource source = DataSource.Open(_scratch.Folder);
        Assert.Equal((2, 2), (source.Parts.Train.Count, source.Parts.Test!.Count));
        Assert.Equal<Shape>([1, 3, 1], source.Parts.Train.Sample);
    }

    [Fact]
    public void Images_open_with_the_labels_beside_them()
    {
        WriteFolder(_scratch.Folder);
        Assert.Equal(2, DataSource.Open(_scratch["t10k-images-idx3-ubyte"]).Parts.Train.Count);
    }

    [Fact]
    public void An_unknown_name_lists_the_known_and_the_nearest() =>
        Refused.With("Did you mean digits? Known are digits, iris, mnist, ", () => DataSource.Open("digist"));

    [Theory]
    [InlineData("none.csv")]
    [InlineData("no/such/folder")]
    public void A_path_that_is_not_there_is_refused(string path) =>
        Refused.With("no such file or folder", () => DataSource.Open(path));

    [Fact]
    public void A_folder_of_something_else_is_refused() =>
        Refused.With("none of MNIST's four IDX files", () => DataSource.Open(_scratch.Folder));

    [Fact]
    public void A_file_of_an_unknown_kind_is_refused() =>
        Refused.With("cannot be told from its name", () => DataSource.Open(_scratch.Write("model.bin", 1, 2, 3)));

    [Fact]
    public void A_split_that_leaves_a_part_empty_is_refused()
    {
        string path = _scratch.Write("small.csv", "x,y\n1,a\n2,b\n3,a\n4,b\n");
        Refused.With("leaves the dev part empty", () => DataSource.Open(path, new() { Split = Split.Large }));
    }

    static void WriteFolder(string folder)
    {
        foreach (string part in new[] { "train", "t10k" })
        {
            File.WriteAllBytes(Path.Combine(folder, $"{part}-images-idx3-ubyte"), Images);
            File.WriteAllBytes(Path.Combine(folder, $"{part}-labels-idx1-ubyte"), Labels);
        }
    }
}

/// <summary>A name may be a set and a path: in the folder where somebody works, so with nothing beside it.</summary>
[CollectionDefinition(nameof(ShadowedNameTests), DisableParallelization = true)]
[Collection(nameof(ShadowedNameTests))]
public sealed class ShadowedNameTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_folder_or_file_that_has_the_name_of_a_built_in_set_is_told()
    {
        string before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(_scratch.Folder);
        try
        {
            Assert.Empty(DataSource.Open("iris").Notes);
            _scratch.Write("iris", "a,b\n1,x\n2,y\n");
            Directory.CreateDirectory(_scratch["digits"]);
            Assert.Contains("not the file of that name here: for that, write ./iris",
                Assert.Single(DataSource.Open("iris").Notes), StringComparison.Ordinal);
            Assert.Contains("not the folder of that name here: for that, write ./digits",
                Assert.Single(DataSource.Open("digits").Notes), StringComparison.Ordinal);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }
}
