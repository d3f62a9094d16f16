using Hondo.Data;
using Hondo.Losses;
using Hondo.Models;
using Hondo.Optimizers;
using Hondo.Serialization;
using Hondo.Training;

namespace Hondo.Tests.Data;

/// <summary>A loss fits its targets before the first step, or is refused by name.</summary>
public sealed class TargetFitTests
{
    static readonly ClassTargets Two = new([0, 1, 1, 0], ["no", "yes"]), Three = new([0, 1, 2, 0], ["a", "b", "c"]);

    static Dataset Of(Targets targets) =>
        new("rows", new FloatFeatures([0, 1, 2, 3, 4, 5, 6, 7], [2]), targets);

    static History Fit(Targets targets, Loss loss, int outputs)
    {
        Dataset data = Of(targets);
        var model = FeedForward.Linear([2], outputs);
        model.Initialize(1);
        return new Trainer(model, loss, new Sgd(model.Parameters, 0.01)) { Epochs = 1 }.Fit(new DataSplits(data));
    }

    static RegressionTargets Numbers(params float[] values) => new(values, ["price"]);

    [Theory]
    [InlineData("CrossEntropy()", "CrossEntropy() needs classes or shares of 1, but the target price is 2894 in row 1")]
    [InlineData("BinaryCrossEntropy()", "the target price is 2894 in row 1. For numbers use MeanSquaredError")]
    [InlineData("Hinge()", "needs 0 and 1, but the target price is 2894")]
    [InlineData("TokenCrossEntropy()", "is for sequences")]
    public void Prices_are_no_classes(string loss, string message) => Refused.With(message,
        () => Fit(Numbers(0.5f, 2894, 1, 2), LossCatalog.All.Parse(loss), 1));

    [Fact]
    public void One_number_from_0_to_1_is_no_share_of_classes() => Refused.With("the target price is one number",
        () => Fit(Numbers(0, 1, 0.5f, 0), new CrossEntropy(), 1));

    [Fact]
    public void Shares_add_up_to_1()
    {
        Assert.Single(Fit(new RegressionTargets([0, 1, 0.5f, 0.5f, 1, 0, 0.25f, 0.75f], ["a", "b"]),
            new CrossEntropy(), 2));
        Refused.With("shares that add up to 1, but those of row 1 (a, b) add up to 0.9", () =>
            Fit(new RegressionTargets([0, 1, 0.5f, 0.4f, 1, 0, 0.25f, 0.75f], ["a", "b"]), new CrossEntropy(), 2));
    }

    [Fact]
    public void Classes_are_no_numbers() => Refused.With(
        "MeanSquaredError() is for numbers, but the targets are 3 classes (a, b, c). Use CrossEntropy",
        () => Fit(Three, new MeanSquaredError(), 3));

    [Fact]
    public void Yes_and_no_are_two_classes() => Refused.With(
        "BinaryCrossEntropy() says yes or no, but there are 3 classes. Use CrossEntropy",
        () => Fit(Three, new BinaryCrossEntropy(), 3));

    [Theory]
    [InlineData("BinaryCrossEntropy()")]
    [InlineData("ProbabilityCrossEntropy()")]
    [InlineData("Hinge()")]
    public void Two_classes_become_0_and_1_of_the_model_s_shape(string loss)
    {
        if (loss != "ProbabilityCrossEntropy()")
            Assert.InRange(Fit(Two, LossCatalog.All.Parse(loss), 1)[0].Train["accuracy"], 0, 1);
        var shaped = Assert.IsType<RegressionTargets>(Two.For(LossCatalog.All.Parse(loss), "rows"));
        Assert.Equal([0, 1, 1, 0], shaped.Values.ToArray());
        Assert.Equal(["yes"], shaped.Names);
    }

    [Fact]
    public void Logistic_regression_trains_by_its_name()
    {
        Dataset iris = Datasets.Iris().Train;
        int[] rows = [.. Enumerable.Range(0, 100)];
        var two = new Dataset("two", iris.Features, new ClassTargets(
            [.. Enumerable.Range(0, 150).Select(i => iris.Label(i) == 0 ? 0 : 1)], ["setosa", "other"]));
        DataSplits data = Split.TrainAndTest.Of(two.Part("two", rows));
        Trainer trainer = Recipe.For(data, "logistic").Trainer(data);
        trainer.Fit(data);
        Assert.IsType<BinaryCrossEntropy>(trainer.Loss);
        Assert.Equal(5, trainer.Model.Parameters.Sum(parameter => parameter.Shape.Size));
        Assert.Equal(1, trainer.Evaluate(data.Test!)["accuracy"]);
        Refused.With("says yes or no, but there are 3 classes", () =>
        {
            DataSplits three = Split.Usual.Of(Datasets.Iris());
            return Recipe.For(three, "logistic").Trainer(three);
        });
    }

    [Fact]
    public void Several_targets_are_learned_whatever_their_units()
    {
        float[] x = [.. Enumerable.Range(0, 200).Select(i => (i * 37 % 200 - 100) / 50f)];
        var targets = new RegressionTargets([.. x.SelectMany(v => (float[])[v / 10, 1e6f * v * v + 5e6f])], ["u", "v"]);
        DataSplits data = Split.TrainAndTest.Of(new Dataset("two", new FloatFeatures(x, [1]), targets));
        Recipe recipe = Recipe.For(data);
        Trainer trainer = recipe.Trainer(data);
        Assert.StartsWith("MeanSquaredError(scales: [", recipe.Loss, StringComparison.Ordinal);
        trainer.Fit(data);
        Scores test = trainer.Evaluate(data.Test!);
        Assert.InRange(test["u root mean squared error"], 0, 0.03);
        Assert.InRange(test["v root mean squared error"], 0, 300_000);
    }

    [Fact]
    public void Twins_stay_in_one_part_and_parts_keep_their_size()
    {
        float[] x = [.. Enumerable.Range(0, 120).Select(i => (float)(i % 40 < 20 ? i % 20 : i))];
        var data = new Dataset("twins", new FloatFeatures(x, [1]), new ClassTargets([.. x.Select((_, i) => i % 2)],
            ["a", "b"]));
        for (ulong seed = 1; seed < 6; seed++)
        {
            DataSplits parts = Split.Usual.Of(data, seed);
            var train = Enumerable.Range(0, parts.Train.Count).Select(i => x[parts.Train.Row(i)]).ToHashSet();
            Assert.DoesNotContain(Enumerable.Range(0, parts.Test!.Count), i => train.Contains(x[parts.Test.Row(i)]));
            Assert.InRange(parts.Test.Count, 20, 28);
            Assert.Equal(120, parts.Train.Count + parts.Dev!.Count + parts.Test.Count);
            Assert.Null(Leakage.Guard(parts.Train, parts.Test));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_split_of_two_or_three_rows_is_not_refused(int count)
    {
        foreach (float[] x in (float[][])[[1, 1, 1], [1, 2, 3], [1, 1, 2]])
        {
            var data = new Dataset("few", new FloatFeatures(x[..count], [1]), Numbers([1, 2, 3]).Take(count));
            DataSplits parts = Split.TrainAndTest.Of(data);
            Leakage? found = Leakage.Guard(parts.Train, parts.Test!);
            Assert.True(found is null || found.Shared > 0 && found.TestRow >= 0);
        }
    }

    [Fact]
    public void A_split_by_time_tests_on_the_latest()
    {
        var data = new Dataset("days", new FloatFeatures([.. Enumerable.Range(0, 20).Select(i => (float)i)], [1]),
            new RegressionTargets(new float[20], ["y"]));
        double[] times = [.. Enumerable.Range(0, 20).Select(i => (double)(19 - i) / 2 - (19 - i) % 2 * 0.5)];
        DataSplits parts = Split.TrainAndTest.ByTime(data, times);
        double last = Enumerable.Range(0, parts.Train.Count).Max(i => times[parts.Train.Row(i)]);
        Assert.True(Enumerable.Range(0, parts.Test!.Count).All(i => times[parts.Test.Row(i)] > last));
        Assert.InRange(parts.Test.Count, 5, 6);
    }
}

static class FewTargets
{
    public static RegressionTargets Take(this RegressionTargets targets, int count) =>
        new(targets.Values[..count].ToArray(), targets.Names);
}
