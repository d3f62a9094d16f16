using Hondo.Inference;
using Hondo.Kernels;
using Hondo.Layers;
using Hondo.Models;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Inference;

public sealed class PredictorTests
{
    public static TheoryData<string, int, int> Networks => new()
    {
        { "lenet5", 28, 1 },
        { "cnn", 14, 3 },
        { "vgg(widths: [4, 24], depth: 1, hidden: 6)", 9, 2 },
        { "resnet(layers: 8)", 17, 3 },
        { "resnet(layers: 8, projects: false)", 8, 2 },
        { "squeezenet", 35, 3 },
        { "mobilenet(width: 0.3)", 17, 3 },
        { "Sequential(Conv2d(6, 8, kernel: 5, padding: 2, groups: 2), Relu(), MaxPool2d(3, stride: 2))", 9, 6 },
        { "mlp(hidden: [20, 10])", 6, 1 },
        { "Sequential(Conv2d(2, 5, kernel: 4, stride: 3, dilation: 2, padding: 3, bias: false), Tanh())", 12, 2 },
        // Images that would leave the second-level cache go through these strip by strip.
        { "Residual(Sequential(Conv2d(3, 72, kernel: 1), Relu6(), Conv2d(72, 72, kernel: 3, padding: 1, groups: 72), "
            + "Relu6(), Conv2d(72, 3, kernel: 1)))", 62, 3 },
        { "Sequential(Conv2d(2, 80, kernel: 3, stride: 2, padding: 1), Relu(), Conv2d(80, 80, kernel: 5, stride: 2, "
            + "padding: 3, groups: 80), Relu(), Conv2d(80, 5, kernel: 1))", 118, 2 },
        { "Sequential(Conv2d(2, 40, kernel: [1, 3]), Relu(), Conv2d(40, 6, kernel: 1, padding: 2))", 6, 2 },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void It_says_what_the_model_says(string name, int side, int channels)
    {
        (Layer model, Predictor predictor) = Make(name, side, channels);
        foreach (int batch in (int[])[1, 3, 21])
        {
            Tensor x = Images(batch, side, channels), expected = model.Forward(x), actual = predictor.Forward(x);
            Assert.Equal(expected.Shape, actual.Shape);
            double scale = Math.Max(1, expected.ToArray<double>().Max(Math.Abs));
            Assert.All(expected.ToArray<double>().Zip(actual.ToArray<double>()),
                pair => Assert.Equal(pair.First, pair.Second, 1e-4 * scale));
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_sample_has_the_same_bits_in_any_batch_and_for_any_number_of_threads(string name, int side,
        int channels)
    {
        int before = Workers.Count;
        try
        {
            Tensor x = Images(9, side, channels);
            Workers.Count = 1;
            float[] expected = Make(name, side, channels).Predictor.Forward(x).ToArray<float>();
            Workers.Count = 3;
            Predictor predictor = Make(name, side, channels).Predictor;
            Assert.Equal(expected, predictor.Forward(x).ToArray<float>());
            int inputs = side * side * channels, outputs = expected.Length / 9;
            Tensor last = Tensor.Of(x.Values<float>()[^inputs..], [1, side, side, channels]);
            Assert.Equal(expected[^outputs..], predictor.Forward(last).ToArray<float>());
        }
        finally
        {
            Workers.Count = before;
        }
    }

    [Fact]
    public void It_allocates_nothing_once_it_knows_the_shape()
    {
        Predictor predictor = Make("resnet(layers: 8)", 8, 3).Predictor;
        Tensor x = Images(6, 8, 3);
        Tensor y = predictor.Forward(x).Keep();
        for (int i = 0; i < 3; i++)
            predictor.Forward(x, y);
        long before = GC.GetAllocatedBytesForCurrentThread();
        predictor.Forward(x, y);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Not_a_number_comes_through()
    {
        Predictor predictor = Make("cnn", 14, 3).Predictor;
        float[] pixels = Images(1, 14, 3).ToArray<float>();
        pixels[14 * 7] = float.NaN;
        Assert.All(predictor.Forward(Tensor.Of(pixels, [1, 14, 14, 3])).ToArray<float>(),
            number => Assert.True(float.IsNaN(number)));
    }

    [Fact]
    public void It_keeps_the_weights_that_it_began_with()
    {
        (Layer model, Predictor predictor) = Make("cnn", 14, 3);
        Tensor x = Images(2, 14, 3);
        float[] before = predictor.Forward(x).ToArray<float>();
        model.Parameters[0].Set(Tensor.Zeros(model.Parameters[0].Shape));
        Assert.Equal(before, predictor.Forward(x).ToArray<float>());
    }

    [Fact]
    public void Images_of_another_depth_are_refused_as_the_model_refuses_them() => Assert.Contains(
        "3 input channels", Assert.Throws<ShapeException>(() => Make("cnn", 14, 3).Predictor.Forward(Images(1, 14, 2)))
            .Message, StringComparison.Ordinal);

    // Some steps of training, so that the statistics of batch norms are not those of the start.
    static (Layer Model, Predictor Predictor) Make(string name, int side, int channels)
    {
        Layer model = ModelCatalog.Parse(name, [side, side, channels], 3);
        for (int step = 0; step < 2; step++)
            using (Tape.Begin(new StepInfo(Mode.Training, 1, step)))
                _ = model.Forward(Images(4, side, channels));
        return (model, new(model));
    }

    static Tensor Images(int batch, int side, int channels) => Tensor.Of(
        [.. Enumerable.Range(0, batch * side * side * channels).Select(i => (float)Math.Sin(i * 1.3 + i * 0.01 * i))],
        [batch, side, side, channels]);
}
