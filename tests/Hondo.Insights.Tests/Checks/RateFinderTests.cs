using Hondo.Data;
using Hondo.Layers;
using Hondo.Optimizers;
using Hondo.Training;
using CrossEntropy = Hondo.Losses.CrossEntropy;

namespace Hondo.Tests.Training;

public sealed class RateFinderTests
{
    [Fact]
    public void The_search_leaves_model_and_optimizer_as_they_were()
    {
        Layer model = Tasks.Mlp(), twin = Tasks.Mlp();
        DataSplits parts = Tasks.Parts();
        Trainer trainer = Tasks.Trainer(model, epochs: 2), other = Tasks.Trainer(twin, epochs: 2);
        trainer.Fit(parts);
        new RateFinder().Find(trainer, parts);
        trainer.Fit(parts);
        other.Fit(parts);
        other.Fit(parts);
        Assert.Equal(Tasks.Bits(twin), Tasks.Bits(model));
        Assert.Equal(other.Optimizer.StepCount, trainer.Optimizer.StepCount);
    }

    [Fact]
    public void The_rates_grow_by_one_factor_and_the_search_ends_when_the_loss_explodes()
    {
        Layer model = Tasks.Mlp();
        var trainer = new Trainer(model, new CrossEntropy(), new Sgd(model.Parameters, 0.1)) { BatchSize = 16 };
        RateCurve curve = new RateFinder(1e-4, 1e4, steps: 100).Find(trainer, Tasks.Parts());
        Assert.InRange(curve.Rates.Count, 30, 99);
        Assert.Equal(1e-4, curve.Rates[0], 1e-9);
        for (int i = 1; i < curve.Rates.Count; i++)
            Assert.Equal(Math.Pow(1e8, 1 / 99.0), curve.Rates[i] / curve.Rates[i - 1], 1e-6);
    }

    [Fact]
    public void The_suggested_rate_trains_well_and_stands_where_the_loss_falls()
    {
        Layer model = Tasks.Mlp();
        DataSplits parts = Tasks.Parts();
        RateCurve curve = new RateFinder().Find(
            new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, 1e-9)) { BatchSize = 16 }, parts);
        var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, curve.Suggestion!.Value))
        {
            Epochs = 10,
            BatchSize = 16,
        };
        Assert.True(trainer.Fit(parts)[^1].Dev!["accuracy"] > 0.9, $"{curve}");
        Assert.Contains("falls steepest at", curve.ToString(), StringComparison.Ordinal);
        Assert.Equal(curve.Rates.Count + 1, curve.ToCsv().TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void A_loss_that_no_rate_moves_gives_no_suggestion()
    {
        Dataset clouds = Tasks.Clouds(60);
        var zeros = new Dataset("zeros", new FloatFeatures(new float[60 * 20], [20]), clouds.Targets);
        Layer model = new Sequential(new Linear(20, 3, bias: false)).Initialize(1);
        RateCurve curve = new RateFinder().Find(
            new Trainer(model, new CrossEntropy(), new Sgd(model.Parameters, 0.1)) { BatchSize = 60 }, new(zeros));
        Assert.Null(curve.Suggestion);
        Assert.Contains("fell at none", curve.ToString(), StringComparison.Ordinal);
    }
}
