using Hondo.Models;

namespace Hondo.Tests.Models;

public sealed class TokenSamplerTests
{
    static readonly float[] Scores = [1f, 3f, 2f, 3f, -1f];

    static int[] Draw(GenerationOptions options, int count = 20_000)
    {
        var sampler = new TokenSampler(options, Scores.Length);
        var counts = new int[Scores.Length];
        for (int i = 0; i < count; i++)
            counts[sampler.Draw(i, Scores)]++;
        return counts;
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    public void Tokens_come_as_often_as_the_softmax_of_scores_over_temperature_says(double temperature)
    {
        int[] counts = Draw(new() { Temperature = temperature });
        double[] weights = [.. Scores.Select(score => Math.Exp(score / temperature))];
        for (int token = 0; token < Scores.Length; token++)
            Assert.Equal(weights[token] / weights.Sum(), counts[token] / 20_000.0, 0.012);
    }

    [Fact]
    public void Temperature_0_takes_the_first_of_the_likeliest() =>
        Assert.Equal([0, 50, 0, 0, 0], Draw(new() { Temperature = 0 }, 50));

    [Fact]
    public void A_tiny_temperature_overflows_nothing() =>
        Assert.Equal(50, Draw(new() { Temperature = 1e-300 }, 50).Sum());

    [Theory]
    [InlineData(1, new[] { 1 })]
    [InlineData(2, new[] { 1, 3 })]
    [InlineData(3, new[] { 1, 2, 3 })]
    [InlineData(99, new[] { 0, 1, 2, 3, 4 })]
    public void Top_k_leaves_the_likeliest_tokens(int k, int[] expected) =>
        Assert.Equal(expected, Draw(new() { TopK = k }).Index().Where(c => c.Item > 0).Select(c => c.Index));

    [Theory]
    [InlineData(0.01, new[] { 1 })]
    [InlineData(0.5, new[] { 1, 3 })]
    [InlineData(0.93, new[] { 1, 2, 3 })]
    [InlineData(1.0, new[] { 0, 1, 2, 3, 4 })]
    public void Top_p_leaves_the_likeliest_tokens_of_that_probability(double p, int[] expected) =>
        Assert.Equal(expected, Draw(new() { TopP = p, Temperature = 1 }).Index()
            .Where(c => c.Item > 0).Select(c => c.Index));

    [Fact]
    public void A_draw_depends_on_seed_and_place_alone()
    {
        TokenSampler a = new(new() { Seed = 3 }, 5), b = new(new() { Seed = 3 }, 5), c = new(new() { Seed = 4 }, 5);
        int[] forwards = [.. Enumerable.Range(0, 100).Select(i => a.Draw(i, Scores))];
        Assert.Equal(forwards, Enumerable.Range(0, 100).Reverse().Select(i => b.Draw(i, Scores)).Reverse());
        Assert.NotEqual(forwards, Enumerable.Range(0, 100).Select(i => c.Draw(i, Scores)));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_temperature_that_is_none_is_refused(double temperature) => Assert.Contains("The temperature is 0",
        Assert.Throws<ArgumentException>(() => new TokenSampler(new() { Temperature = temperature }, 5)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Scores_that_are_no_numbers_are_an_error() => Assert.Throws<InvalidOperationException>(() =>
        new TokenSampler(new(), 2).Draw(0, [1, float.NaN]));
}
