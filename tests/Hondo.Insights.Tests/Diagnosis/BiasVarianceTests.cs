using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;

namespace Hondo.Insights.Tests;

public sealed class BiasVarianceTests
{
    // 838 % of an error is no share: squares have none.
    [Fact]
    public void A_regression_far_worse_than_the_mean_is_told_in_losses_not_in_percent()
    {
        DataSplits parts = new Split(70, 30, 0).Of(Patients.Numbers(300, 3, x => 40 + x[0]));
        IReadOnlyList<Finding> findings = Patients.Examine(parts, new Linear(3, 1), new MeanSquaredError(),
            Patients.Sgd(1e-6));
        Finding verdict = Assert.Single(findings, finding => finding.Code.Contains("bias", StringComparison.Ordinal));
        Assert.StartsWith("Loss of the training part ", verdict.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("%", verdict.Sentence, StringComparison.Ordinal);
        Assert.NotNull(verdict.Spanish);
    }

    // The best answer without a look at the inputs is always right: there is nothing to divide by.
    [Fact]
    public void Targets_that_never_vary_raise_no_alarm_of_learning()
    {
        IReadOnlyList<Finding> numbers = Patients.Examine(new Split(70, 30, 0).Of(Patients.Numbers(200, 3, _ => 0)),
            new Linear(3, 1), new MeanSquaredError(), Patients.Adam());
        IReadOnlyList<Finding> classes = Patients.Examine(new(Patients.Relabelled(Tasks.Clouds(200), _ => 0)),
            new Linear(20, 3), new CrossEntropy(), Patients.Adam());
        Assert.DoesNotContain(numbers.Concat(classes), finding => finding.Code is not "empty-class"
            and not "bias-and-variance-low");
    }

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
