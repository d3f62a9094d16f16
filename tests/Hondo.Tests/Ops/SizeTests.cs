using Hondo.Data;
using Hondo.Kernels;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Tensors;
using Hondo.Training;

namespace Hondo.Tests.Ops;

/// <summary>Absurd sizes: a clear error or the right number.</summary>
public sealed class SizeTests
{
    const int Huge = int.MaxValue;

    static Tensor Image => Tensor.Ones([1, 28, 28, 1]);

    static Tensor Scalar => Tensor.Scalar(1f);

    public static TheoryData<string, Func<object>> Refused => new()
    {
        { "dilated kernel", () => new Conv2d(1, 8, kernel: 3, dilation: Huge).Forward(Image) },
        { "padded image", () => new Conv2d(1, 8, kernel: 3, padding: Huge).Forward(Image) },
        { "padding times channels", () => new Conv2d(1, 8, kernel: 3, stride: 40_000, padding: 40_000).Forward(Image) },
        { "dilated windows", () => new MaxPool2d(new(3, 1), stride: 1, dilation: new(Huge, 1)).Forward(Image) },
        { "windows of padding", () => new MaxPool2d(2, stride: 1, padding: 1, dilation: 29).Forward(Image) },
        { "transposed stride", () => new ConvTranspose2d(1, 1, 2, stride: Huge).Forward(Image) },
        { "window beyond float32", () => Tensor.Ones([1, 7800, 7800, 1]).AdaptiveMaxPool(1, 1) },
        { "2^31 numbers", () => Tensor.Zeros([1 << 16, 1 << 15]) },
        { "2^31 bytes", () => Tensor.Zeros([1 << 15, 1 << 14]) },
        { "2^32 numbers and no row", () => Tensor.Zeros([0, 1 << 16, 1 << 16]) },
        { "weights of 2^31 numbers", () => new Linear(46_341, 46_341).Parameters },
        { "enlarged image", () => new Upsample(Huge).Forward(Image) },
        { "padded tensor", () => Image.Pad([0, Huge, 0, 0], [0, Huge, 0, 0]) },
        { "zero channels on a scalar", () => new ZeroChannels(2).Forward(Scalar) },
        { "the largest −1", () => Image.TopK(-1) },
        { "the largest of a scalar", () => Scalar.TopK(0) },
        { "an order of a scalar", () => Scalar.ArgSort() },
        { "softmax of a scalar", () => Scalar.Softmax() },
        { "layer norm of a scalar", () => new LayerNorm(1).Forward(Scalar) },
        { "group norm of a scalar", () => new GroupNorm(1, 1).Forward(Scalar) },
        { "batch norm of a scalar", () => new BatchNorm(1).Forward(Scalar) },
        { "linear layer of a scalar", () => new Linear(1, 1).Forward(Scalar) },
        { "convolution of a scalar", () => new Conv2d(1, 1, 1).Forward(Scalar) },
        { "pool of a scalar", () => new MaxPool2d(1).Forward(Scalar) },
        { "sequence of a scalar", () => new Lstm(1, 1).Forward(Scalar) },
        { "attention of a scalar", () => new MultiHeadAttention(1, 1).Forward(Scalar) },
        { "flat scalar", () => new Flatten().Forward(Scalar) },
        { "positions of a scalar", () => new LearnedPositions(1, 1).Forward(Scalar) },
        { "2^31 recurrent layers", () => new Rnn(17, 4, layers: int.MaxValue) },
        { "repeated tensor", () => Image.Repeat(Huge, 2, 2, 2) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Absurd_sizes_are_refused_with_a_reason(string what, Func<object> call)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(call);
        Assert.True(error.Message.Length > 30, $"{what}: {error.Message}");
        Assert.StartsWith("Hondo", error.TargetSite!.DeclaringType!.Namespace, StringComparison.Ordinal);
    }

    [Fact]
    public void The_mean_of_many_pixels_is_right() => Assert.Equal(2, new GlobalAveragePool2d()
        .Forward(Tensor.Full([1, 7800, 7800, 1], 2)).Item, 1e-4);

    [Fact]
    public void The_largest_of_a_window_too_wide_for_a_list_is_found_with_its_gradient()
    {
        float[] numbers = [.. Enumerable.Range(0, 90 * 90).Select(i => (float)(i % 8099 == 8000 ? 7 : i % 5))];
        using Tape.Scope step = new Tape().Open(new(Mode.Training, 1, 1));
        Tensor x = Tape.Watch(Tensor.Of(numbers, [1, 90, 90, 1]));
        Tensor y = x.AdaptiveMaxPool(1, 1);
        y.Sum().Backward();
        Assert.Equal(7, y.ToArray<float>()[0]);
        Assert.Equal(8000, Array.IndexOf(x.Gradient.ToArray<float>(), 1f));
        Assert.Equal(1, x.Gradient.ToArray<float>().Sum());
    }

    [Fact]
    public void A_stride_longer_than_the_image_sees_its_first_window()
    {
        var layer = new Conv2d(1, 1, kernel: 3, stride: Huge, initializer: new Hondo.Initializers.Constant(1));
        using Tape.Scope step = new Tape().Open(new(Mode.Training, 1, 1));
        Tensor x = Tape.Watch(Tensor.Ones([1, 4, 4, 1])), y = layer.Forward(x);
        y.Sum().Backward();
        Assert.Equal([9f], y.ToArray<float>());
        Assert.Equal(9, x.Gradient.ToArray<float>().Sum());
    }

    [Fact]
    public void A_response_norm_of_windows_wider_than_the_channels_is_that_of_all_channels()
    {
        Tensor x = Tensor.Of([1f, 2, 3, 4], [1, 4]);
        const int Wide = 1_000_000_001;
        float[] y = x.LocalResponseNorm(Wide, alpha: Wide, beta: 0.5, offset: 1).ToArray<float>();
        Assert.All(y.Zip([1, 2, 3, 4]), pair => Assert.Equal(pair.Second / Math.Sqrt(31), pair.First, 1e-5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3, 0)]
    [InlineData(0, 3)]
    public void The_hardmax_of_nothing_is_nothing(params int[] axes) =>
        Assert.Equal(0, Tensor.Zeros(Shape.Create(axes)).Hardmax().Size);

    [Fact]
    public void Steps_parts_and_batches_far_larger_than_what_there_is_take_all_of_it()
    {
        Tensor five = Tensor.Of([1f, 2, 3, 4, 5]);
        Assert.Equal([1f], five[AxisSlice.Of(.., Huge)].ToArray<float>());
        Assert.Equal(5, five.Chunk(Huge, 0).Count);
        var rows = new Dataset("rows", new FloatFeatures([1, 2, 3], [1]), new ClassTargets([0, 1, 0], ["a", "b"]));
        var batches = new Batches(rows, new() { Size = Huge });
        Assert.Equal((1, 3), (batches.Count, batches.Epoch(0).Single().Count));
        var model = new Linear(1, 2);
        History history = new Trainer(model, new CrossEntropy(), new Sgd(model.Parameters, 0.1))
        {
            Epochs = 1,
            BatchSize = Huge,
            Accumulate = Huge,
        }.Fit(new DataSplits(rows));
        Assert.True(double.IsFinite(history[0].Train.Loss));
    }

    [Fact]
    public void Sizes_never_wrap()
    {
        Extent huge = long.MaxValue;
        Assert.True(huge * huge > 0);
        Assert.True(huge + huge > 0);
        Assert.True(0 - huge * huge < 0);
        Assert.False((huge * 4).Fits);
        Assert.Equal(12, Extent.Product(3, 4).To("a product"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Extent.Product(Huge, Huge).To("a product"));
        Assert.Throws<ArgumentOutOfRangeException>(() => ((Extent)(-1)).To("a length"));
    }
}
