using Hondo.Layers;
using Hondo.Ops;
using Hondo.Serialization;
using Hondo.Tensors;
using Xunit.Abstractions;

namespace Hondo.Onnx.Tests.Export;

/// <summary>Each layer's export gives in ONNX Runtime what the layer gives.</summary>
public sealed class LayerExportTests(ITestOutputHelper output)
{
    static readonly Shape Images = [9, 8, 6], Sequences = [7, 6], Rows = [6];

    [Theory]
    [InlineData("Conv2d(6, 8, kernel: 3)")]
    [InlineData("Conv2d(6, 8, kernel: [3, 2], stride: [2, 1], padding: [0, 1, 2, 1], dilation: [1, 2], groups: 2)")]
    [InlineData("Conv2d(6, 6, kernel: 3, padding: same, stride: 2, groups: 6, bias: false)")]
    [InlineData("ConvTranspose2d(6, 4, kernel: 3, stride: 2, padding: 1, outputPadding: 1, groups: 2)")]
    [InlineData("MaxPool2d(2)")]
    [InlineData("MaxPool2d(3, stride: 2, padding: 1, ceilMode: true)")]
    [InlineData("AveragePool2d(2)")]
    [InlineData("AveragePool2d(3, stride: 2, padding: 1)")]
    [InlineData("AveragePool2d(3, stride: 2, padding: 1, countIncludePad: false)")]
    [InlineData("AdaptiveAveragePool2d(3, 2)")]
    [InlineData("AdaptiveMaxPool2d(3, 4)")]
    [InlineData("GlobalAveragePool2d()")]
    [InlineData("GlobalMaxPool2d()")]
    [InlineData("BatchNorm(6)")]
    [InlineData("BatchNorm(6, affine: false)")]
    [InlineData("LayerNorm(6)")]
    [InlineData("GroupNorm(3, 6)")]
    [InlineData("InstanceNorm(6)")]
    [InlineData("RmsNorm(6)")]
    [InlineData("LocalResponseNorm(size: 3, alpha: 0.1)")]
    [InlineData("Upsample()")]
    [InlineData("Upsample(scale: 3, interpolation: Bilinear)")]
    [InlineData("Upsample(scale: 2, interpolation: Bicubic)")]
    [InlineData("RandomCrop2d(2, width: 3)")]
    [InlineData("Subsample(2)")]
    [InlineData("ZeroChannels(5)")]
    [InlineData("Softmax()")]
    [InlineData("Softmax(axis: 1)")]
    [InlineData("Linear(6, 4)")]
    [InlineData("Flatten()")]
    [InlineData("Reshape(6, -1)")]
    [InlineData("Sequential(Flatten(), Linear(432, 5))")]
    [InlineData("Sequential(Flatten(), Relu(), Softmax(), Linear(432, 5))")]
    [InlineData("Sequential(Conv2d(6, 4, kernel: 3), BatchNorm(4), Relu(), MaxPool2d(2), Flatten(), Linear(36, 5))")]
    [InlineData("Sequential(Residual(Sequential(Conv2d(6, 6, kernel: 3, padding: 1), BatchNorm(6))), Relu())")]
    [InlineData("Residual(Conv2d(6, 8, kernel: 3, padding: 1), shortcut: Conv2d(6, 8, kernel: 1))")]
    [InlineData("Concat(Conv2d(6, 3, kernel: 1), Identity(), Sequential(MaxPool2d(3, stride: 1, padding: 1)))")]
    [InlineData("Sequential(Rescale([1, 2, 3, 4, 5, 6], offset: [0, 1, 0, 1, 0, 1]), Dropout(0.5))")]
    [InlineData("Sequential(PRelu(6), Flatten(), BatchNorm(432))")]
    public void Images_agree(string text) => Check(text, Images);

    [Theory]
    [InlineData("Conv1d(6, 8, kernel: 3, padding: 1)")]
    [InlineData("ConvTranspose1d(6, 8, kernel: 3, stride: 2)")]
    [InlineData("MaxPool1d(2)")]
    [InlineData("AveragePool1d(3, stride: 1, padding: 1)")]
    [InlineData("Sequential(Conv1d(6, 8, kernel: 3), Relu(), MaxPool1d(2), Flatten(), Linear(16, 3))")]
    [InlineData("Sequential(LayerNorm(6), Linear(6, 9), Gelu(), Linear(9, 6), RmsNorm(6))")]
    [InlineData("BatchNorm(6)")]
    [InlineData("SinusoidalPositions(6)")]
    [InlineData("LearnedPositions(9, 6)")]
    public void Sequences_agree(string text) => Check(text, Sequences);

    [Theory]
    [InlineData("Relu()")]
    [InlineData("Relu6()")]
    [InlineData("LeakyRelu(slope: 0.2)")]
    [InlineData("Elu(alpha: 0.7)")]
    [InlineData("Celu(alpha: 0.7)")]
    [InlineData("Selu()")]
    [InlineData("Gelu()")]
    [InlineData("GeluTanh()")]
    [InlineData("Silu()")]
    [InlineData("Mish()")]
    [InlineData("HardSwish()")]
    [InlineData("HardSigmoid()")]
    [InlineData("Sigmoid()")]
    [InlineData("LogSigmoid()")]
    [InlineData("Tanh()")]
    [InlineData("Softsign()")]
    [InlineData("Softplus(beta: 2)")]
    [InlineData("LogSoftmax()")]
    [InlineData("PRelu()")]
    [InlineData("Sequential(Linear(6, 4, bias: false), BatchNorm(4), Relu(), Dropout(0.5), Linear(4, 2))")]
    [InlineData("Sequential(Reshape(3, 2, 1), Conv2d(1, 4, kernel: 2), GlobalAveragePool2d())")]
    public void Rows_agree(string text) => Check(text, Rows);

    [Fact]
    public void Volumes_agree()
    {
        Tensor weight = ExportCheck.Random([3, 2, 3, 2, 4]);
        Check(new Function(x => x.Conv3d(weight, stride: (1, 2), padding: (1, 1)).Relu()), [4, 5, 6, 2]);
    }

    void Check(string text, Shape sample) => Check(ModelText.Parse(text), sample);

    // Norms whose running statistics are those of a new layer would hide much.
    void Check(Layer model, Shape sample)
    {
        var random = new Random(3);
        foreach (State state in model.States)
            foreach (ref float number in state.Values<float>())
                number = random.NextSingle() + 0.5f;
        foreach (Parameter parameter in model.Parameters.Where(p => p.Shape.Rank == 1))
            foreach (ref float number in parameter.Values<float>())
                number = random.NextSingle() + 0.5f;
        output.WriteLine($"{ExportCheck.Compare(model, sample):G2}");
        output.WriteLine($"{ExportCheck.Compare(model, sample, options: new() { Opset = 20 }):G2}");
    }
}
