using Hondo.Data;

namespace Hondo.Insights.Tests;

public sealed class DistributionShiftTests
{
    [Fact]
    public void Random_parts_of_one_set_do_not_differ()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            DataSplits parts = Split.Usual.Of(Datasets.Iris().Train, seed);
            Assert.Empty(DistributionShift.Find(parts.Dev!, parts.Test!));
        }
    }

    [Fact]
    public void Digits_that_were_trained_on_and_tested_do_not_differ() =>
        Assert.Empty(DistributionShift.Find(Datasets.Digits().Train, Datasets.Digits().Test!));

    [Fact]
    public void Other_shares_of_classes_are_found_with_their_numbers()
    {
        Dataset digits = Datasets.Digits().Train;
        int[] zeros = [.. Enumerable.Range(0, digits.Count).Where(i => digits.Label(i) == 0)];
        Dataset all = digits.Take(300), half = digits.Part("half zeros", [.. zeros, .. Enumerable.Range(0, 300)]);
        DistributionShift shift = DistributionShift.Find(all, half).First(found => found.What == "classes");
        Assert.Contains("% are 0", shift.Message, StringComparison.Ordinal);
        Assert.Contains("half zeros", shift.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feature_that_moved_is_found_by_name()
    {
        Dataset iris = Datasets.Iris().Train;
        int[] wide = [.. Enumerable.Range(0, 150).Where(i => Length(iris, i) > 3)];
        int[] narrow = [.. Enumerable.Range(0, 150).Where(i => Length(iris, i) <= 3)];
        IReadOnlyList<DistributionShift> found =
            DistributionShift.Find(iris.Part("dev", wide), iris.Part("test", narrow));
        DistributionShift shift = found.First(shift => shift.What == "petal_length");
        Assert.Equal(1, shift.Statistic);
        Assert.Contains("mean 4.925 against 1.492", shift.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Darker_images_are_found()
    {
        Dataset digits = Datasets.Digits().Test!;
        byte[] darker = [.. Enumerable.Range(0, 500).SelectMany(i => digits.Features.Stored(i).ToArray())
            .Select(pixel => (byte)(pixel / 2))];
        var dark = new Dataset("dark", new ByteFeatures(darker, [28, 28, 1]),
            new ClassTargets([.. Enumerable.Range(0, 500).Select(digits.Label)], digits.Classes));
        Assert.Contains(DistributionShift.Find(digits, dark), shift => shift.What.StartsWith("the mean",
            StringComparison.Ordinal));
    }

    [Fact]
    public void Targets_that_moved_are_found()
    {
        float[] low = [.. Enumerable.Range(0, 100).Select(i => (float)i)], high = [.. low.Select(y => y + 80)];
        Assert.Equal("the target y", DistributionShift.Find(Numbers(low), Numbers(high))[0].What);

        static Dataset Numbers(float[] y) =>
            new("numbers", new FloatFeatures(new float[y.Length], [1]), new RegressionTargets(y, ["y"]));
    }

    // scipy.stats.chi2.sf
    [Theory]
    [InlineData(3.841458820694124, 1, 0.05)]
    [InlineData(16.918977604620448, 9, 0.05)]
    [InlineData(27.877164871256568, 9, 0.001)]
    [InlineData(5, 10, 0.8911780189141513)]
    [InlineData(0, 3, 1)]
    public void Chi_square_has_the_known_probabilities(double x, int degrees, double probability) =>
        Assert.Equal(probability, Significance.ChiSquare(x, degrees), 1e-9);

    [Fact]
    public void The_distance_of_distributions_counts_ties_once()
    {
        Assert.Equal(0, Significance.Distance([1, 1, 2, 2], [1, 2]));
        Assert.Equal(0.5, Significance.Distance([1, 2], [2, 3]));
        Assert.Equal(1, Significance.Distance([1, 2], [3, 4, 5]));
    }

    // The 1 % point for large samples is λ = 1.6276.
    [Fact]
    public void Kolmogorov_Smirnov_has_the_known_probability() =>
        Assert.Equal(0.01, Significance.KolmogorovSmirnov(1.6276 / Math.Sqrt(50000), 100000, 100000), 2e-4);

    static float Length(Dataset iris, int i)
    {
        var flower = new float[4];
        iris.CopySample(i, flower);
        return flower[2];
    }
}
