using Hondo.Data;

namespace Hondo.Tests.Data;

public sealed class SplitTests
{
    public static TheoryData<string, int, int, int, int> Presets => new()
    {
        { "60/20/20", 150, 90, 30, 30 },
        { "70/30", 150, 105, 0, 45 },
        { "98/1/1", 1000, 980, 10, 10 },
        { "60/20/20", 7, 4, 2, 1 },
        { "33.3/33.3/33.4", 100, 33, 33, 34 },
        { "29/71", 100, 29, 0, 71 },
    };

    [Theory]
    [MemberData(nameof(Presets))]
    public void Shares_are_exact_to_the_row(string text, int count, int train, int dev, int test)
    {
        DataSplits parts = Split.Parse(text).Of(Classed(count, 3));
        Assert.Equal((train, dev, test), (parts.Train.Count, parts.Dev?.Count ?? 0, parts.Test!.Count));
    }

    [Fact]
    public void Every_row_is_in_exactly_one_part()
    {
        DataSplits parts = Split.Usual.Of(Classed(1013, 7), seed: 5);
        Assert.Equal(Enumerable.Range(0, 1013), Rows(parts.Train, parts.Dev!, parts.Test!).Order());
    }

    [Theory]
    [InlineData("60/20/20")]
    [InlineData("70/30")]
    [InlineData("98/1/1")]
    public void Every_class_is_in_proportion_in_every_part(string text)
    {
        var random = new Random(3);
        for (int trial = 0; trial < 20; trial++)
        {
            int[] labels = [.. Enumerable.Range(0, 2000).Select(_ => (int)(9 * Math.Pow(random.NextDouble(), 3)))];
            Dataset data = Classed(labels);
            DataSplits parts = Split.Parse(text).Of(data, (ulong)trial);
            int[] whole = data.ClassCounts();
            foreach (Dataset part in new[] { parts.Train, parts.Dev, parts.Test }.OfType<Dataset>())
                foreach ((int count, int all) in part.ClassCounts().Zip(whole))
                    Assert.InRange(count - (double)all * part.Count / data.Count, -1.5, 1.5);
        }
    }

    [Fact]
    public void Equal_seeds_give_equal_parts_and_others_other_parts()
    {
        Dataset data = Classed(200, 2);
        Assert.Equal(Rows(Split.Usual.Of(data, 1).Train), Rows(Split.Usual.Of(data, 1).Train));
        Assert.NotEqual(Rows(Split.Usual.Of(data, 1).Train), Rows(Split.Usual.Of(data, 2).Train));
    }

    [Fact]
    public void Every_row_is_equally_likely_to_be_tested()
    {
        Dataset data = Classed(20, 2);
        var tested = new int[20];
        for (ulong seed = 0; seed < 2000; seed++)
            foreach (int row in Rows(Split.Usual.Of(data, seed).Test!))
                tested[row]++;
        // 400 expected of 2000; deviation 18.
        Assert.All(tested, count => Assert.InRange(count, 400 - 90, 400 + 90));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(103)]
    public void Folds_test_every_row_once_and_never_train_on_it(int k)
    {
        Dataset data = Classed(103, 4);
        IReadOnlyList<DataSplits> folds = Split.Folds(data, k);
        Assert.Equal(Enumerable.Range(0, 103), Rows([.. folds.Select(fold => fold.Dev!)]).Order());
        foreach (DataSplits fold in folds)
            Assert.Equal(Enumerable.Range(0, 103), Rows(fold.Train, fold.Dev!).Order());
        Assert.InRange(folds.Max(fold => fold.Dev!.Count) - folds.Min(fold => fold.Dev!.Count), 0, 1);
    }

    [Fact]
    public void Data_with_a_test_set_keeps_it()
    {
        DataSplits digits = Datasets.Digits();
        DataSplits parts = Split.Usual.Of(digits);
        Assert.Same(digits.Test, parts.Test);
        Assert.Equal(("digits train", "digits dev"), (parts.Train.Name, parts.Dev!.Name));
        Assert.Equal((3000, 1000), (parts.Train.Count, parts.Dev!.Count));
        Assert.All(parts.Dev!.ClassCounts(), count => Assert.InRange(count, 99, 101));
    }

    [Theory]
    [InlineData("60/20")]
    [InlineData("60/20/30")]
    [InlineData("60/20/10/10")]
    [InlineData("100")]
    [InlineData("120/-20")]
    [InlineData("60/x/20")]
    [InlineData("NaN/50/50")]
    [InlineData("")]
    public void A_text_that_is_not_shares_of_100_is_refused(string text) =>
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => Split.Parse(text)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("60/20/20")]
    [InlineData("70/30")]
    [InlineData("98.5/0.75/0.75")]
    public void A_split_prints_as_it_is_read(string text) => Assert.Equal(text, Split.Parse(text).ToString());

    [Fact]
    public void An_empty_part_is_refused() =>
        Refused.With("dev part empty", () => Split.Large.Of(Classed(20, 2)));

    static Dataset Classed(int count, int classes) => Classed([.. Enumerable.Range(0, count).Select(i => i % classes)]);

    static Dataset Classed(int[] labels) => new("made up",
        new FloatFeatures([.. Enumerable.Range(0, labels.Length).Select(i => (float)i)], [1]),
        new ClassTargets(labels, [.. Enumerable.Range(0, labels.Max() + 1).Select(label => $"{label}")]));

    static List<int> Rows(params Dataset[] parts) =>
        [.. parts.SelectMany(part => Enumerable.Range(0, part.Count).Select(part.Row))];
}
