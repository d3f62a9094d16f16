using Hondo.Data;

namespace Hondo.Tests.Data;

public sealed class LeakageTests
{
    [Fact]
    public void Digits_share_nothing() =>
        Assert.Null(Leakage.Guard(Datasets.Digits().Train, Datasets.Digits().Test!));

    [Fact]
    public void The_same_row_in_both_parts_is_refused()
    {
        Dataset whole = Datasets.Iris().Train;
        Refused.With("test, row 49: the row is in train too",
            () => Leakage.Guard(whole.Part("train", [.. Enumerable.Range(0, 50)]), whole.Part("test", [70, 49, 48])));
    }

    [Fact]
    public void Training_on_the_test_set_is_refused()
    {
        Dataset test = Datasets.Digits().Test!;
        Refused.With("1,000 of its 1,000 samples (100 %)",
            () => Leakage.Guard(Datasets.Digits().Test!, test));
    }

    [Fact]
    public void A_few_equal_samples_are_a_warning_in_numbers()
    {
        Dataset train = Rows([1, 2, 3, 4, 5]);
        Dataset test = Rows([11, 12, 13, 3, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 1]);
        Leakage found = Leakage.Guard(train, test)!;
        Assert.Equal((2, 3, 2), (found.Shared, found.TestRow, found.TrainRow));
        Assert.Contains("2 of its 20 samples (10 %)", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_twin_is_chance()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            DataSplits parts = Split.Usual.Of(Datasets.Iris(), seed);
            Assert.Null(Leakage.Guard(parts.Train, parts.Test!));
        }
    }

    [Fact]
    public void Data_that_repeats_itself_may_repeat_in_the_test()
    {
        Leakage found = Leakage.Guard(Rows([0, 1, 0, 1, 0, 1]), Rows([1, 0, 1]))!;
        Assert.Equal(3, found.Shared);
    }

    [Fact]
    public void Samples_of_another_shape_are_refused() =>
        Refused.With("[28, 28, 1]", () => Leakage.Guard(Datasets.Digits().Train, Rows([1])));

    static Dataset Rows(float[] values) =>
        new("rows", new FloatFeatures(values, [1]), new RegressionTargets(new float[values.Length], ["y"]));
}
