using Hondo.Data;
using Hondo.Training;

namespace Hondo.Tests.Training;

public sealed class ImageRecipeTests
{
    [Fact]
    public void Few_digits_are_augmented_without_flips()
    {
        var recipe = Recipe.For(Datasets.Digits());
        Assert.Equal("Shift(2), Rotate(10), Scale(0.1), Shear(8)", recipe.Augment);
        Assert.Equal("vgg(widths: [32, 64, 128], depth: 1, dropout: 0.3)", recipe.Model);
        Assert.NotNull(recipe.Trainer(Datasets.Digits()).Transform);
    }

    [Fact]
    public void What_is_asked_for_is_kept()
    {
        Assert.Equal("", Recipe.For(Datasets.Digits(), augment: "").Augment);
        Assert.Null(Recipe.For(Datasets.Digits(), augment: "").Trainer(Datasets.Digits()).Transform);
        var recipe = Recipe.For(Datasets.Digits(), "lenet5", epochs: 7, augment: "Shift(1)");
        Assert.Equal(("lenet5", 7, "Shift(1)", "OneCycle(7)"),
            (recipe.Model, recipe.Epochs, recipe.Augment, recipe.Schedule));
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("softmax")]
    [InlineData("Sequential(Flatten(), Linear(784, 10))")]
    public void A_dense_network_learns_pictures_as_they_are(string model) =>
        Assert.Equal("", Recipe.For(Datasets.Digits(), model).Augment);

    [Fact]
    public void Many_digits_need_three_epochs_and_more_when_they_change()
    {
        DataSplits digits = Pictures(20_000, 1, ["0", "1"]);
        Assert.Equal((3, ""), (Recipe.For(digits).Epochs, Recipe.For(digits).Augment));
        Assert.Equal(12, Recipe.For(digits, augment: Recipe.AugmentFor(digits.Train)).Epochs);
    }

    [Fact]
    public void Small_coloured_pictures_go_to_a_residual_network()
    {
        var recipe = Recipe.For(Pictures(20_000, 3, ["cat", "dog"]));
        Assert.Equal(("resnet20", "RandomCrop(2), Flip()"), (recipe.Model, recipe.Augment));
        recipe.Trainer(Pictures(300, 3, ["cat", "dog"]));
    }

    [Fact]
    public void A_table_has_no_augmentation() => Assert.Equal("", Recipe.AugmentFor(Datasets.Iris().Train));

    static DataSplits Pictures(int count, int channels, string[] classes) => new(new("pictures",
        new ByteFeatures(new byte[count * 16 * 16 * channels], [16, 16, channels]),
        new ClassTargets([.. Enumerable.Range(0, count).Select(i => i % classes.Length)], classes)));
}
