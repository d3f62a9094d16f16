using Hondo.Data;
using Hondo.Layers;
using Hondo.Training;

namespace Hondo.Tests.Training;

public sealed class OverfitCheckTests
{
    [Fact]
    public void A_sound_model_knows_a_batch_by_heart_and_is_given_back_as_it_was()
    {
        Layer model = Tasks.Mlp();
        byte[] before = Tasks.Bits(model);
        OverfitResult result = OverfitCheck.Run(Tasks.Trainer(model), Tasks.Parts());
        Assert.True(result.IsByHeart, $"{result}");
        Assert.StartsWith("This model can learn.", result.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, Tasks.Bits(model));
    }

    [Fact]
    public void A_model_that_sees_nothing_cannot_learn()
    {
        Dataset clouds = Tasks.Clouds(60);
        var zeros = new Dataset("zeros", new FloatFeatures(new float[60 * 20], [20]), clouds.Targets);
        OverfitResult result = OverfitCheck.Run(Tasks.Trainer(Tasks.Mlp()), new(zeros), steps: 200);
        Assert.False(result.IsByHeart);
        Assert.StartsWith("This model cannot learn.", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Checks_before_a_run_take_the_step_and_leave_no_trace()
    {
        Trainer trainer = Gan.Trainer();
        byte[] before = Tasks.Bits(trainer.Model);
        OverfitResult result = OverfitCheck.Run(trainer, Tasks.Parts(), steps: 20);
        Assert.Equal(20, result.Steps);
        RateCurve curve = new RateFinder(1e-4, 0.1, steps: 20).Find(trainer, Tasks.Parts());
        Assert.InRange(curve.Rates.Count, 10, 20);
        Assert.Equal(before, Tasks.Bits(trainer.Model));
        Assert.All(trainer.Optimizers, optimizer => Assert.Equal(0, optimizer.StepCount));
    }
}
