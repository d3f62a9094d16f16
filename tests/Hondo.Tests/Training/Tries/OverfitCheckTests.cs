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
}
