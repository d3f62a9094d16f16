using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Tensors;
using Hondo.Training;

namespace Hondo.Tests.Data;

public sealed class TensorDataTests
{
    static readonly Tensor X = Tensor.RandomNormal([30, 4, 4, 2], seed: 1);

    [Fact]
    public void Whole_numbers_of_one_axis_are_classes_and_floats_are_numbers_in_their_shape()
    {
        Dataset classes = Dataset.Of("a", X, Tensor.Of([.. Enumerable.Range(0, 30).Select(i => i % 3)]));
        Assert.Equal(["0", "1", "2"], classes.Classes);
        Assert.Equal([4, 4, 2], classes.Sample);
        Dataset masks = Dataset.Of("b", X, X[.., .., .., 0..1]);
        Assert.Equal("b: 30 samples [4, 4, 2], numbers [4, 4, 1]", masks.ToString());
        foreach (var (inputs, targets) in new Batches(masks, new() { Size = 30, Order = BatchOrder.AsStored }))
        {
            Assert.Equal(X.ToArray<float>(), inputs.ToArray<float>());
            Assert.Equal([30, 4, 4, 1], targets.Shape);
            Assert.Equal(X[.., .., .., 0..1].ToArray<float>(), targets.ToArray<float>());
        }
    }

    [Fact]
    public void Without_targets_a_model_gives_back_what_it_gets()
    {
        var model = new Conv2d(2, 2, kernel: 3, padding: 1);
        var trainer = new Trainer(model, new MeanSquaredError(), new Adam(model.Parameters, 0.02)) { Epochs = 60 };
        Assert.InRange(trainer.Fit(new(Dataset.Of("same", X)))[^1].Train.Loss, 0, 0.2);
    }

    [Fact]
    public void Counts_that_differ_and_numbers_that_are_none_are_refused()
    {
        Assert.Throws<DataFormatException>(() => Dataset.Of("a", X, Tensor.Ones([29, 1])));
        Assert.Throws<DataFormatException>(() => Dataset.Of("a", X, Tensor.Full([30, 1], double.NaN)));
        Assert.Throws<DataFormatException>(() => Dataset.Of("a", Tensor.Scalar(1f)));
    }
}
