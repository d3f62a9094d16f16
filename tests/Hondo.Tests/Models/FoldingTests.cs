using Hondo.Layers;
using Hondo.Models;
using Hondo.Ops;
using Hondo.Tensors;
using Linear = Hondo.Layers.Linear;

namespace Hondo.Tests.Models;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("vgg(widths: [4, 8], depth: 1, hidden: 6)", 8)]
    [InlineData("resnet(layers: 8)", 8)]
    [InlineData("mobilenet(width: 0.1)", 8)]
    public void A_folded_model_says_what_the_trained_one_says(string name, int side)
    {
        Layer model = ModelCatalog.Parse(name, [side, side, 2], 3);
        Tensor x = Images(side);
        for (int step = 0; step < 3; step++)
            using (Tape.Begin())
                _ = model.Forward(x);
        Layer folded = model.Folded();
        Assert.DoesNotContain(folded.Layers, layer => layer is Hondo.Layers.BatchNorm);
        double[] expected = model.Forward(x).ToArray<double>(), actual = folded.Forward(x).ToArray<double>();
        double scale = Math.Max(1, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-4 * scale);
    }

    [Fact]
    public void Folding_leaves_the_trained_model_as_it_was()
    {
        Layer model = ModelCatalog.Parse("resnet(layers: 8)", [8, 8, 2], 3);
        float[] before = model.Forward(Images(8)).ToArray<float>();
        _ = model.Folded();
        Assert.Equal(before, model.Forward(Images(8)).ToArray<float>());
    }

    [Fact]
    public void A_batch_norm_without_weights_before_it_stays()
    {
        var model = new Sequential(new Hondo.Layers.BatchNorm(3), new Linear(3, 2), new Hondo.Layers.BatchNorm(2));
        Assert.Equal("Sequential(BatchNorm(3), Linear(3, 2))", model.Folded().ToString());
    }

    static Tensor Images(int side) => Tensor.Of(
        [.. Enumerable.Range(0, 4 * side * side * 2).Select(i => (float)Math.Sin(i * 1.3 + i * i * 0.01))],
        [4, side, side, 2]);
}
