namespace Hondo.Insights.Tests;

public sealed class InformationTests
{
    static readonly double[] P = [0.25, 0.45, 0.2, 0.09, 0.01], Q = [0.3, 0.2, 0.2, 0.25, 0.05];

    [Fact]
    public void Cross_entropy_is_entropy_plus_divergence() => Assert.Equal(
        Information.Nats.Entropy(P) + Information.Nats.Divergence(P, Q), Information.Nats.CrossEntropy(P, Q), 1e-12);

    [Fact]
    public void A_nat_is_1_4427_bits() =>
        Assert.Equal(Information.Nats.Entropy(P) / Math.Log(2), Information.Bits.Entropy(P), 1e-12);

    [Fact]
    public void A_fair_coin_has_one_bit_and_a_certain_event_none()
    {
        Assert.Equal(1, Information.Bits.Entropy([0.5, 0.5]));
        Assert.Equal(0, Information.Bits.Entropy([0, 1, 0]));
        Assert.Equal(double.PositiveInfinity, Information.Bits.CrossEntropy([1, 0], [0, 1]));
    }

    [Fact]
    public void A_distribution_has_no_divergence_from_itself() => Assert.Equal(0, Information.Bits.Divergence(P, P));

    [Fact]
    public void What_is_no_distribution_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Information.Bits.Entropy([0.5, 0.6]));
        Assert.Equal("Probabilities sum to 1, but these sum to 1.1 and 1.1. Divide them by their sum.", error.Message);
        Assert.Throws<ArgumentException>(() => Information.Bits.CrossEntropy([1], [0.5, 0.5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Information.Bits.Surprise(1.5));
    }

    [Fact]
    public void Odds_and_probabilities_are_each_others_inverse()
    {
        Assert.Equal(4, Odds.Of(0.8), 1e-12);
        Assert.Equal(Math.Log(4), Odds.Log(0.8), 1e-12);
        foreach (double p in new[] { 0, 0.1, 0.5, 0.9, 1 })
            Assert.Equal(p, Odds.Probability(Odds.Of(p)), 1e-12);
    }
}
