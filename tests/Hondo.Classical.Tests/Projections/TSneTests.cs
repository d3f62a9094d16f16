namespace Hondo.Classical.Tests.Projections;

public sealed class TSneTests
{
    static FeatureMatrix Digits(int rows) => ReferenceData.Of("digits").Features.Take([.. Enumerable.Range(0, rows)]);

    [Fact]
    public void Rows_of_one_class_lie_together()
    {
        int[] labels = ReferenceData.Of("digits").Labels[..400];
        FeatureMatrix picture = new TSne().Transform(Digits(400));
        var model = new KNearestNeighbors(2);
        model.Fit(picture, labels);
        int[,] neighbors = model.Neighbors(picture);
        // The nearest of a point is itself.
        double share = Enumerable.Range(0, 400).Average(i =>
            labels[neighbors[i, 0] == i ? neighbors[i, 1] : neighbors[i, 0]] == labels[i] ? 1.0 : 0);
        Assert.InRange(share, 0.93, 1);
    }

    [Fact]
    public void More_steps_tell_less_wrong()
    {
        TSne few = new() { Steps = 20 }, many = new() { Steps = 400 };
        few.Transform(Digits(150));
        many.Transform(Digits(150));
        Assert.True(many.Divergence < few.Divergence / 2, $"{few.Divergence} → {many.Divergence}");
    }

    [Fact]
    public void Threads_change_no_bit_and_seeds_change_the_picture()
    {
        double[] Picture(ulong seed) =>
            new TSne { Seed = seed, Steps = 60, Perplexity = 10 }.Transform(Digits(100)).Values.ToArray();
        (double[] one, double[] four) = Threads.Both(() => Picture(1));
        Assert.Equal(one, four);
        Assert.NotEqual(one, Picture(2));
    }

    [Fact]
    public void Too_few_rows_are_refused() => Assert.Contains("perplexity", Assert.Throws<ArgumentException>(() =>
        new TSne().Transform(Digits(50))).Message, StringComparison.OrdinalIgnoreCase);
}
