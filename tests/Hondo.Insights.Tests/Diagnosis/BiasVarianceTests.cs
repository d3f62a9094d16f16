namespace Hondo.Insights.Tests;

public sealed class BiasVarianceTests
{
    // The course's table: human error about 0 %.
    [Theory]
    [InlineData(0.01, 0.11, "high-variance", "variance is high")]
    [InlineData(0.15, 0.16, "high-bias", "bias is high")]
    [InlineData(0.15, 0.30, "high-bias-and-variance", "both bias and variance are high")]
    [InlineData(0.005, 0.01, "bias-and-variance-low", "neither bias nor variance is high")]
    public void Errors_say_whether_bias_or_variance_is_high(double train, double dev, string code, string verdict)
    {
        Finding finding = new BiasVariance(0, train, dev).Finding;
        Assert.Equal(code, finding.Code);
        Assert.Contains(verdict, finding.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_people_get_wrong_too_is_no_bias()
    {
        Assert.True(new BiasVariance(0, 0.15, 0.16).IsBiasHigh);
        Assert.False(new BiasVariance(0.14, 0.15, 0.16).IsBiasHigh);
    }

    [Fact]
    public void A_difference_that_few_samples_make_by_chance_is_no_variance()
    {
        Assert.True(new BiasVariance(0, 0, 0.1, DevCount: 1000).IsVarianceHigh);
        Assert.False(new BiasVariance(0, 0, 0.1, DevCount: 10).IsVarianceHigh);
    }

    [Fact]
    public void The_remedies_are_those_of_the_verdict()
    {
        Assert.Contains("larger network", new BiasVariance(0, 0.2, 0.2).Finding.Remedy, StringComparison.Ordinal);
        Assert.Contains("more data", new BiasVariance(0, 0, 0.2).Finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_human_error_is_a_share(double error) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Diagnosis(error));
}
