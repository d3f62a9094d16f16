using Hondo.Layers;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Tests.Layers;

public sealed class ConvolutionLayerTests
{
    [Theory]
    [InlineData("Conv2d(1, 32, kernel: 3, stride: 2, padding: 1)")]
    [InlineData("Conv2d(32, 32, kernel: [3, 5], padding: same, dilation: 2, groups: 32, bias: false)")]
    [InlineData("Conv2d(3, 8, kernel: 7, padding: [3, 2])")]
    [InlineData("Conv2d(3, 8, kernel: 2, padding: [0, 0, 1, 1])")]
    [InlineData("Conv1d(4, 8, kernel: 3, padding: [4, 0], dilation: 2)")]
    [InlineData("ConvTranspose1d(8, 4, kernel: 4, stride: 2, padding: [1, 0], outputPadding: 1, groups: 2)")]
    [InlineData("ConvTranspose2d(8, 3, kernel: 4, stride: 2, padding: 1, outputPadding: [0, 1])")]
    public void Text_reads_back_as_it_was_printed(string text) =>
        Assert.Equal(text, ModelText.Print(ModelText.Parse(text)));

    [Theory]
    [InlineData("Conv2d(3, 16, kernel: 3, padding: same)", 32, 32, 32, 32)]
    [InlineData("Conv2d(3, 16, kernel: 3, stride: 2, padding: same)", 7, 8, 4, 4)]
    [InlineData("Conv2d(3, 16, kernel: 4, stride: 3, padding: [1, 0])", 10, 10, 3, 3)]
    [InlineData("Conv2d(3, 16, kernel: 3, dilation: 3, padding: same)", 5, 6, 5, 6)]
    [InlineData("ConvTranspose2d(3, 16, kernel: 4, stride: 2, padding: 1)", 7, 8, 14, 16)]
    [InlineData("ConvTranspose2d(3, 16, kernel: 3, stride: 2, padding: same)", 7, 8, 14, 16)]
    [InlineData("ConvTranspose2d(3, 16, kernel: 1, stride: 3, padding: same)", 2, 3, 6, 9)]
    public void Images_come_out_in_the_size_of_the_formula(string text, int height, int width, int high, int wide) =>
        Assert.Equal([2, high, wide, 16], ModelText.Parse(text).Forward(Tensor.Zeros([2, height, width, 3])).Shape);

    [Theory]
    [InlineData("ConvTranspose1d(3, 4, kernel: 4, stride: 2, padding: 1)", 7, 14)]
    [InlineData("ConvTranspose1d(3, 4, kernel: 3, stride: 3, padding: same)", 5, 15)]
    [InlineData("ConvTranspose1d(3, 4, kernel: 3, stride: 2, dilation: 2, outputPadding: 1)", 4, 12)]
    public void Sequences_come_out_in_the_length_of_the_formula(string text, int time, int longer) =>
        Assert.Equal([2, longer, 4], ModelText.Parse(text).Forward(Tensor.Zeros([2, time, 3])).Shape);

    [Fact]
    public void Sequences_are_images_of_one_row()
    {
        var line = new ConvTranspose1d(3, 4, kernel: 3, stride: 2, padding: [1, 0], outputPadding: 1);
        var plane = new ConvTranspose2d(3, 4, kernel: [1, 3], stride: [1, 2], padding: [0, 1, 0, 0],
            outputPadding: [0, 1]);
        line.Initialize(3);
        plane.Weight.Set(Tensor.Of(line.Weight.Value.ToArray<float>(), [1, 3, 4, 3]));
        float[] numbers = [.. Enumerable.Range(0, 2 * 5 * 3).Select(i => (float)Math.Sin(i))];
        Assert.Equal(plane.Forward(Tensor.Of(numbers, [2, 1, 5, 3])).ToArray<float>(),
            line.Forward(Tensor.Of(numbers, [2, 5, 3])).ToArray<float>());
    }

    [Fact]
    public void Weights_start_by_He_with_the_kernels_places_as_inputs()
    {
        var layer = new Conv2d(8, 4, kernel: [3, 5], groups: 2);
        double bound = Math.Sqrt(6.0 / (3 * 5 * 4));
        double[] weights = layer.Parameters[0].Value.ToArray<double>();
        Assert.InRange(weights.Max(Math.Abs), 0.9 * bound, bound);
    }

    [Fact]
    public void Parameters_and_multiply_adds_are_counted_by_shapes_alone()
    {
        var layer = new Conv2d(3, 16, kernel: 3, stride: 2, padding: 1);
        var trace = new ShapeTrace();
        trace.Follow(() => layer.Forward(ShapeTrace.Input([1, 32, 32, 3])));
        Assert.Equal(3 * 3 * 3 * 16 + 16, layer.Parameters.Sum(parameter => parameter.Shape.Size));
        Assert.Equal(16 * 16 * 16 * 27, trace.MultiplyAdds);
    }

    [Theory]
    [InlineData("Conv2d(6, 16, kernel: 5)", new[] { 32, 28, 28, 3 },
        "needs 6 input channels, but got [batch 32, height 28, width 28, channels 3]. Make it Conv2d(3, 16, ")]
    [InlineData("Conv2d(3, 16, kernel: 5)", new[] { 32, 3, 28, 28 }, "Permute(0, 2, 3, 1)")]
    [InlineData("Conv2d(1, 16, kernel: 5)", new[] { 32, 784 }, "Put Reshape(28, 28, 1) before it")]
    [InlineData("Conv2d(3, 16, kernel: 5)", new[] { 32, 4, 28, 3 }, "kernel is larger than x")]
    [InlineData("Conv1d(3, 16, kernel: 5)", new[] { 32, 3 }, "needs sequences [batch, time, channels]")]
    public void What_does_not_fit_is_told_with_the_way_out(string text, int[] shape, string expected)
    {
        var error = Assert.Throws<ShapeException>(
            () => ModelText.Parse(text).Forward(Tensor.Zeros(Shape.Create(shape))));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Conv2d(3, 8, kernel: 3, groups: 2)", "2 groups must divide the 3 inputs and the 8 outputs")]
    [InlineData("Conv2d(3, 8, kernel: 0)", "kernel is 0, but must be at least 1")]
    [InlineData("Conv2d(3, 8, kernel: 3, padding: -1)", "must be 0 or more, or same")]
    [InlineData("Conv2d(3, 8, kernel: [1, 2, 3])", "one number for both axes, or two")]
    public void What_makes_no_convolution_is_refused(string text, string expected)
    {
        var error = Assert.Throws<CallTextException>(() => ModelText.Parse(text));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_causal_convolution_does_not_see_the_future()
    {
        var layer = new Conv1d(1, 2, kernel: 3, padding: [4, 0], dilation: 2);
        float[] x = [1, 2, 3, 4, 5, 6], changed = [1, 2, 3, 9, 9, 9];
        float[] y = layer.Forward(Tensor.Of(x, [1, 6, 1])).ToArray<float>();
        float[] other = layer.Forward(Tensor.Of(changed, [1, 6, 1])).ToArray<float>();
        Assert.Equal(y[..6], other[..6]);
        Assert.NotEqual(y[6..], other[6..]);
    }

    [Fact]
    public void A_transposed_convolution_is_the_adjoint_of_the_convolution()
    {
        Tensor x = Ops.Cases.Inputs.Signed([2, 7, 6, 3]), y = Ops.Cases.Inputs.Signed([2, 4, 3, 5], 1);
        Tensor w = Ops.Cases.Inputs.Signed([3, 3, 3, 5], 2);
        double[] forward = Hondo.Ops.TensorExtensions.Conv2d(x, w, stride: 2, padding: 1).ToArray<double>();
        double[] back = Hondo.Ops.TensorExtensions.ConvTranspose(
            y, w, stride: 2, padding: 1, outputPadding: new(0, 1)).ToArray<double>();
        double left = forward.Zip(y.ToArray<double>(), (a, b) => a * b).Sum();
        Assert.Equal(left, back.Zip(x.ToArray<double>(), (a, b) => a * b).Sum(), 1e-9);
    }
}
