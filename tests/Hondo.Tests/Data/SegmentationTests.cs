using Hondo.Data;
using Hondo.Losses;
using Hondo.Metrics;
using Hondo.Models;
using Hondo.Ops;
using Hondo.Tensors;
using Hondo.Training;

namespace Hondo.Tests.Data;

/// <summary>Masks, a kind of data of their own: what is here touches nothing but their members.</summary>
public sealed class SegmentationTests
{
    const int Side = 16;

    /// <summary>Grey pictures of a bright disc on dark ground, and which pixels are the disc's.</summary>
    static DataSplits Discs(int count)
    {
        float[] pixels = Tensor.RandomNormal([count, Side, Side, 1], seed: 1, deviation: 0.2).ToArray<float>();
        float[] places = Tensor.RandomUniform([count, 2], seed: 2, low: 4, high: 12).ToArray<float>();
        int[] masks = new int[count * Side * Side];
        for (int i = 0; i < masks.Length; i++)
        {
            float y = i / Side % Side - places[i / Side / Side * 2], x = i % Side - places[i / Side / Side * 2 + 1];
            masks[i] = y * y + x * x < 12 ? 1 : 0;
            pixels[i] += masks[i];
        }
        // The last column counts for nothing.
        for (int i = Side - 1; i < masks.Length; i += Side)
            masks[i] = -1;
        Dataset all = Dataset.Of("discs", Tensor.Of(pixels, [count, Side, Side, 1]),
            Tensor.Of(masks, [count, Side, Side]), ["ground", "disc"]);
        return new Split(70, 15, 15).Of(all);
    }

    [Fact]
    public void The_recipe_learns_where_a_disc_is()
    {
        DataSplits data = Discs(200);
        Recipe recipe = Recipe.For(data, model: "unet(widths: [8, 16])", epochs: 5);
        Assert.Equal("DiceCrossEntropy()", recipe.Loss);
        Assert.Equal("dev mean IoU", Recipe.MonitorFor(data));
        Trainer trainer = recipe.Trainer(data);
        trainer.Fit(data);
        Assert.InRange(trainer.Evaluate(data.Test!)["mean IoU"], 0.9, 1);
    }

    [Fact]
    public void What_is_drawn_is_the_mask_or_the_answer_over_the_picture()
    {
        var targets = new SegmentationTargets([0, 1, 2, 255], [2, 2], ["ground", "cat", "dog"]);
        float[] truth = new float[12], answer = new float[12];
        Assert.True(targets.Draw(truth, 0, []) && targets.Draw(answer, 0, [0, 0, 9, 0, 9, 0, 9, 0, 0, 9, 0, 0]));
        Assert.Equal([0, 0, 0], truth[..3]);
        Assert.NotEqual(truth[3..6], truth[6..9]);
        Assert.Equal([0, 0, 0], truth[9..]);
        // The answers are dog, cat, ground, ground.
        Assert.Equal(truth[6..9], answer[..3]);
        Assert.Equal(truth[3..6], answer[3..6]);
        Assert.Equal([0, 0, 0], answer[6..9]);
    }

    [Fact]
    public void Mean_IoU_is_that_of_counting_by_hand()
    {
        var metric = new MeanIoU();
        // Truth 0 0 1 1 2 and one that does not count; answers 0 1 1 1 0.
        Tensor output = Tensor.Of([0, 1, 1, 1, 0, 2], [6]).OneHot(3);
        metric.Add(output, Tensor.Of([0, 0, 1, 1, 2, -1], [6]));
        Assert.Equal(1 / 3.0, metric.Of(0), 1e-12);
        Assert.Equal(2 / 3.0, metric.Of(1), 1e-12);
        Assert.Equal(0, metric.Of(2));
        Assert.Equal(1 / 3.0, metric.Value, 1e-12);
    }

    [Fact]
    public void Dice_is_that_of_counting_by_hand_and_a_class_that_is_nowhere_counts_nothing()
    {
        Tensor sure = Tensor.Of([100f, 0, 0, 0, 100, 0, 100, 0, 0], [1, 3, 3]), labels = Tensor.Of([0, 1, 1], [1, 3]);
        // Classes 0 and 1: 2·1/(2 + 1) each.
        double cross = sure.CrossEntropy(labels).Item;
        Assert.Equal(cross + 1 - 2 / 3.0, new DiceCrossEntropy().Compute(sure, labels).Item, 1e-5);
        Assert.Equal(cross, new DiceCrossEntropy(dice: 0).Compute(sure, labels).Item, 1e-5);
    }

    [Fact]
    public void What_moves_a_picture_would_leave_its_mask_behind()
    {
        DataSplits data = Discs(20);
        var error = Assert.Throws<ArgumentException>(() =>
            new Batches(data.Train, new() { Transform = new Augmentation([new Flip()]) }));
        Assert.Contains("targets of discs train lie at its pixels", error.Message);
        _ = new Batches(data.Train, new() { Transform = new Augmentation([new Brightness(0.2)]) });
    }

    [Fact]
    public void Errors_name_the_pixel_the_loss_and_the_size()
    {
        Assert.Contains("mask 1 (counted from 0), row 0, column 1", Assert.Throws<DataFormatException>(() =>
            new SegmentationTargets([0, 1, 0, 7], [1, 2], ["a", "b"])).Message);
        DataSplits data = Discs(20);
        Assert.Contains("Use DiceCrossEntropy", Assert.Throws<DataFormatException>(() =>
            (Recipe.For(data) with { Loss = "MeanSquaredError()" }).CheckLoss(data)).Message);
        Assert.Contains("give it pictures of 52×60", Assert.Throws<ArgumentException>(() =>
            UNets.UNet([50, 60, 3], 2, [8, 16, 32])).Message);
    }
}
