using Hondo.Data;

namespace Hondo.Transfer.Tests;

public sealed class CatalogTests
{
    [Fact]
    public void Every_network_has_a_name_of_its_own_and_weights_that_are_known()
    {
        Assert.Equal(Pretrained.Catalog.Count, Pretrained.Catalog.Select(one => one.Name).Distinct().Count());
        foreach (PretrainedModel model in Pretrained.Catalog)
        {
            Assert.Same(model, Pretrained.Find(model.Name.ToUpperInvariant().Replace('_', '-')));
            Assert.NotEmpty(model.Weights);
            foreach (PretrainedWeights weights in model.Weights)
            {
                Assert.Matches("^[0-9a-f]{64}$", weights.File.Sha256);
                Assert.True(weights.File.Size > 100_000);
                Assert.All(weights.Mirrors, mirror => Assert.Equal("https", mirror.Scheme));
                Assert.All([weights.Source, weights.Licence], text => Assert.NotEmpty(text));
                Assert.Equal(3, weights.Preprocessing.Normalization.Mean.Length);
                Assert.InRange(weights.Preprocessing.Crop, 0.8, 1);
            }
        }
    }

    [Fact]
    public void A_name_that_is_not_known_gets_the_nearest_one()
    {
        DataFormatException error = Assert.Throws<DataFormatException>(() => Pretrained.Find("mobilnet_v2"));
        Assert.Contains("Did you mean mobilenet_v2?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_classes_of_ImageNet_have_names_of_their_own_and_are_found_by_their_numbers_and_synonyms()
    {
        Assert.Equal(1000, ImageNetClasses.Names.Distinct().Count());
        Assert.Equal(("tench", "toilet tissue"), (ImageNetClasses.Names[0], ImageNetClasses.Names[^1]));
        Assert.Equal(["tiger cat", "tabby", "tabby", "crane (n03126707)"],
            ((string[])["n02123159", "tabby_cat", "Tabby cat", "n03126707"]).Select(name =>
                ImageNetClasses.Aliases[name]));
        // Which one is meant cannot be told.
        Assert.False(ImageNetClasses.Aliases.ContainsKey("crane"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Subtraction_and_division_are_those_of_the_file(bool isBlueFirst)
    {
        var preprocessing = new Preprocessing(2, 2, [10, 20, 30], [1, 2, 4], isBlueFirst);
        float[] pixel = [50 / 255f, 60 / 255f, 70 / 255f];
        preprocessing.Normalization.Apply(pixel);
        Assert.Equal([40, 20, 10], pixel.Select(x => Math.Round(x, 4)));
    }
}
