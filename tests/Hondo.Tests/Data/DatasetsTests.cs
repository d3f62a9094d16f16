using Hondo.Data;
using Hondo.Tensors;

namespace Hondo.Tests.Data;

public sealed class DatasetsTests
{
    [Fact]
    public void Digits_are_4000_and_1000_images_in_equal_classes()
    {
        DataSplits digits = Datasets.Digits();
        Assert.Equal((4000, 1000), (digits.Train.Count, digits.Test!.Count));
        Assert.Equal<Shape>([28, 28, 1], digits.Train.Sample);
        Assert.All(digits.Train.ClassCounts(), count => Assert.Equal(400, count));
        Assert.All(digits.Test.ClassCounts(), count => Assert.Equal(100, count));
        Assert.Equal("7", digits.Train.Classes[7]);
    }

    [Fact]
    public void Every_digit_has_its_centre_of_mass_in_the_middle()
    {
        DataSplits digits = Datasets.Digits();
        var image = new float[784];
        foreach (Dataset part in new[] { digits.Train, digits.Test! })
            for (int i = 0; i < part.Count; i++)
            {
                part.CopySample(i, image);
                double mass = 0, x = 0, y = 0;
                for (int at = 0; at < 784; at++)
                    (mass, y, x) = (mass + image[at], y + image[at] * (at / 28), x + image[at] * (at % 28));
                Assert.InRange(x / mass, 13 - 1e-3, 14 + 1e-3);
                Assert.InRange(y / mass, 13 - 1e-3, 14 + 1e-3);
            }
    }

    [Fact]
    public void No_digit_is_in_the_files_twice()
    {
        DataSplits digits = Datasets.Digits();
        var seen = new HashSet<string>();
        foreach (Dataset part in new[] { digits.Train, digits.Test! })
            for (int i = 0; i < part.Count; i++)
                Assert.True(seen.Add(Convert.ToHexString(part.Features.Stored(part.Row(i)))));
    }

    [Fact]
    public void The_first_hundred_digits_hold_every_class() =>
        Assert.All(Datasets.Digits().Train.Take(100).ClassCounts(), count => Assert.NotEqual(0, count));

    [Fact]
    public void Iris_is_Fishers_150_flowers()
    {
        Dataset iris = Datasets.Iris().Train;
        Assert.Equal([50, 50, 50], iris.ClassCounts());
        Assert.Equal(["setosa", "versicolor", "virginica"], iris.Classes);
        Assert.Equal("petal_width", iris.Features.Names[3]);
        var flower = new float[4];
        double sum = 0;
        for (int i = 0; i < iris.Count; i++)
        {
            iris.CopySample(i, flower);
            sum += flower[2];
        }
        Assert.Equal(3.758, sum / 150, 3);
    }

    [Fact]
    public void A_name_is_found_in_any_case() => Assert.Equal("digits", Datasets.Find("Digits").Name);

    [Fact]
    public void An_unknown_name_lists_the_known_and_the_nearest()
    {
        string message = Assert.Throws<DataFormatException>(() => Datasets.Find("fasion-mnist")).Message;
        Assert.Contains("Did you mean fashion-mnist?", message, StringComparison.Ordinal);
        Assert.Contains("digits, iris, mnist", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Did you mean", Assert.Throws<DataFormatException>(() => Datasets.Find("zebras")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_embedded_set_opens() => Assert.All(
        Datasets.Catalog.Where(data => data.IsEmbedded), data => Assert.StartsWith(data.Name, data.Open().Train.Name,
            StringComparison.Ordinal));

    [Fact]
    public void Data_that_is_not_here_says_where_it_was_looked_for() => Refused.With(DataFolders.Cache,
        () => new NamedDataset("nowhere", "", _ => false, _ => Datasets.Digits()).Open());

    [NamedDataFact("fashion-mnist")]
    public void Fashion_mnist_is_ten_kinds_of_clothes()
    {
        DataSplits clothes = Datasets.Find("fashion-mnist").Open();
        Assert.All(clothes.Train.ClassCounts(), count => Assert.Equal(6000, count));
        Assert.Equal("Ankle boot", clothes.Train.Classes[9]);
    }
}
