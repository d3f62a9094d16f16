namespace Hondo.Insights.Tests;

/// <summary>Worked example 4.5: weather and information, in bits.</summary>
public sealed class WeatherTests
{
    static readonly double[] P = [0.25, 0.45, 0.2, 0.09, 0.01], Q = [0.3, 0.2, 0.2, 0.25, 0.05];

    [Fact]
    public void Surprises_are_those_of_the_course()
    {
        double[] expected = [2, 1.152, 2.322, 3.474, 6.644];
        for (int i = 0; i < P.Length; i++)
            Assert.Equal(expected[i], Information.Bits.Surprise(P[i]), 5e-4);
    }

    [Fact]
    public void Entropy_is_that_of_the_course() => Assert.Equal(1.8619, Information.Bits.Entropy(P), 5e-4);

    [Fact]
    public void Cross_entropy_is_that_of_the_course() =>
        Assert.Equal(2.4955, Information.Bits.CrossEntropy(Q, P), 5e-4);
}
