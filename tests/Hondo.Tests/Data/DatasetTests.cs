using Hondo.Data;

namespace Hondo.Tests.Data;

public sealed class DatasetTests
{
    static readonly string[] TwoClasses = ["no", "yes"];

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_is_not_finite_is_refused_with_row_and_column(float bad) =>
        Refused.With("row 1 (counted from 0), width", () => new Dataset("mine",
            new FloatFeatures([1, 2, 3, bad], [2], ["length", "width"]), new ClassTargets([0, 1], TwoClasses)));

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(255)]
    public void A_label_outside_the_classes_is_refused_with_its_row(int label) =>
        Refused.With($"mine, row 2 (counted from 0): the label is {label}",
            () => new ClassTargets([0, 1, label], TwoClasses, "mine"));

    [Fact]
    public void A_target_that_is_not_finite_is_refused_with_its_row() =>
        Refused.With("row 1 (counted from 0): the target price is NaN",
            () => new RegressionTargets([1, float.NaN], ["price"], "mine"));

    [Fact]
    public void Counts_that_differ_are_refused() => Refused.With("3 samples but 2 targets",
        () => new Dataset("mine", new FloatFeatures([1, 2, 3], [1]), new ClassTargets([0, 1], TwoClasses)));

    [Fact]
    public void No_samples_are_refused() => Refused.With("no samples",
        () => new Dataset("mine", new FloatFeatures([], [1]), new ClassTargets([], TwoClasses)));

    [Fact]
    public void A_part_of_a_part_shares_the_samples_of_the_whole()
    {
        var whole = new Dataset("whole", new ByteFeatures([0, 51, 102, 153, 255], [1]),
            new RegressionTargets([0, 1, 2, 3, 4], ["y"]));
        Dataset part = whole.Part("part", [4, 2, 0]).Part("smaller", [1, 0]);
        Assert.Equal((2, 2, 4), (part.Count, part.Row(0), part.Row(1)));
        Assert.Same(whole.Features, part.Features);
        var sample = new float[1];
        part.CopySample(0, sample);
        Assert.Equal(0.4f, sample[0]);
    }

    [Fact]
    public void It_prints_what_it_is() =>
        Assert.Equal("digits test: 1,000 samples [28, 28, 1], 10 classes", Datasets.Digits().Test!.ToString());
}
