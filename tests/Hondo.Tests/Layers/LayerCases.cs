using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Tests.Layers;

/// <summary>One line for each layer, or more.</summary>
static class LayerCases
{
    public static IReadOnlyDictionary<string, LayerCase> All { get; } = new Dictionary<string, LayerCase>
    {
        ["Linear"] = new(() => new Linear(4, 3), [5, 4]),
        ["Linear without bias"] = new(() => new Linear(4, 3, bias: false), [2, 3, 4]),
        ["Conv2d"] = new(() => new Conv2d(3, 4, kernel: 3, stride: 2, padding: 1), [2, 7, 6, 3]),
        ["Conv2d without bias"] = new(
            () => new Conv2d(4, 6, kernel: [3, 2], dilation: 2, groups: 2, bias: false), [2, 6, 5, 4]),
        ["Conv2d of each channel"] = new(() => new Conv2d(3, 3, kernel: 3, padding: Padding.Same, groups: 3),
            [2, 5, 4, 3]),
        ["Conv1d"] = new(() => new Conv1d(3, 4, kernel: 3, padding: [4, 0], dilation: 2), [2, 7, 3]),
        ["ConvTranspose1d"] = new(
            () => new ConvTranspose1d(4, 6, kernel: 3, stride: 2, padding: [1, 0], outputPadding: 1, groups: 2),
            [2, 5, 4]),
        ["ConvTranspose2d"] = new(
            () => new ConvTranspose2d(3, 4, kernel: 3, stride: 2, padding: 1, outputPadding: 1), [2, 3, 4, 3]),
        ["NeuralTuringMachine"] = new(() => new NeuralTuringMachine(2, hidden: 3, rows: 16, width: 2), [2, 3, 2]),
        ["NeuralTuringMachine, feed-forward"] = new(() => new NeuralTuringMachine(2, 3, NtmController.FeedForward,
            rows: 16, width: 2, reads: 2, writes: 2), [2, 3, 2]),
        ["Flatten"] = new(() => new Flatten(), [2, 3, 2]),
        ["Reshape"] = new(() => new Reshape(3, -1), [2, 12]),
        ["Rescale"] = new(() => new Rescale(2.5, -1), [3, 4]),
        ["Dropout"] = new(() => new Dropout(0.4), [4, 8]),
        ["Sequential"] = new(() => new Sequential(
            new Linear(4, 6), new Tanh(), new Linear(6, 2)), [3, 4]),
        ["Residual"] = new(() => new Residual(new Linear(4, 4)), [3, 4]),
        ["Residual with shortcut"] = new(
            () => new Residual(new Linear(4, 2), new Linear(4, 2)), [3, 4]),
        ["MaxPool2d"] = new(() => new MaxPool2d(3, stride: 2, padding: 1), [2, 5, 6, 3]),
        ["MaxPool2d [2, 1]"] = new(() => new MaxPool2d([2, 1], stride: [1, 2], padding: [1, 0]), [2, 5, 6, 3]),
        ["AveragePool2d [1, 3]"] = new(() => new AveragePool2d([1, 3], padding: [0, 1]), [2, 4, 6, 3]),
        ["MaxPool1d"] = new(() => new MaxPool1d(2), [2, 5, 3]),
        ["AveragePool2d"] = new(() => new AveragePool2d(2), [2, 5, 4, 3]),
        ["AveragePool1d"] = new(() => new AveragePool1d(3, stride: 2, padding: 1), [2, 5, 3]),
        ["GlobalAveragePool2d"] = new(() => new GlobalAveragePool2d(), [2, 3, 3, 4]),
        ["GlobalMaxPool2d"] = new(() => new GlobalMaxPool2d(), [2, 3, 3, 4]),
        ["AdaptiveAveragePool2d"] = new(() => new AdaptiveAveragePool2d(2, 3), [2, 5, 4, 3]),
        ["AdaptiveMaxPool2d"] = new(() => new AdaptiveMaxPool2d(2, 3), [2, 5, 4, 3]),
        ["BatchNorm"] = new(() => new BatchNorm(3), [5, 3]),
        ["BatchNorm of images"] = new(() => new BatchNorm(3), [2, 3, 2, 3]),
        ["BatchNorm alone"] = new(() => new BatchNorm(4, affine: false), [2, 3, 4]),
        ["BatchNorm and Relu"] = new(() => new Sequential(new BatchNorm(3), new Relu()), [4, 2, 3]),
        ["Relu and MaxPool2d"] = new(() => new Sequential(new Relu(), new MaxPool2d(2)), [2, 4, 4, 3]),
        ["Subsample"] = new(() => new Subsample(2), [2, 5, 4, 3]),
        ["ZeroChannels"] = new(() => new ZeroChannels(3), [2, 3, 2, 2]),
        ["LayerNorm"] = new(() => new LayerNorm(4), [2, 3, 4]),
        ["LayerNorm alone"] = new(() => new LayerNorm(4, affine: false), [3, 4]),
        ["RmsNorm"] = new(() => new RmsNorm(4), [2, 3, 4]),
        ["GroupNorm"] = new(() => new GroupNorm(2, 4), [2, 3, 2, 4]),
        ["InstanceNorm"] = new(() => new InstanceNorm(3), [2, 3, 2, 3]),
        ["LocalResponseNorm"] = new(() => new LocalResponseNorm(3, 0.1), [2, 3, 2, 7]),
        ["SpatialDropout"] = new(() => new SpatialDropout(0.4), [2, 3, 2, 5]),
        ["Upsample"] = new(() => new Upsample(), [2, 3, 2, 3]),
        ["Upsample bilinear"] = new(() => new Upsample(3, Hondo.Kernels.Interpolation.Bilinear), [2, 3, 2, 3]),
        ["Concat"] = new(() => new Concat(new Identity(), new Linear(4, 3)), [2, 4]),
        ["Identity"] = new(() => new Identity(), [3, 4]),
        ["Function"] = new(() => new Function(x => Hondo.Ops.TensorExtensions.Square(x)), [3, 4]),
        ["Softmax"] = new(() => new Softmax(), [3, 4]),
        ["Softmax along another axis"] = new(() => new Softmax(1), [2, 3, 4]),
        ["LogSoftmax"] = new(() => new LogSoftmax(), [3, 4]),
        ["PRelu"] = new(() => new PRelu(), [3, 4]),
        ["PRelu by channel"] = new(() => new PRelu(4), [3, 4]),
        ["Relu"] = new(() => new Relu(), [3, 4]),
        ["Relu6"] = new(() => new Relu6(), [3, 4]),
        ["LeakyRelu"] = new(() => new LeakyRelu(), [3, 4]),
        ["Sigmoid"] = new(() => new Sigmoid(), [3, 4]),
        ["Tanh"] = new(() => new Tanh(), [3, 4]),
        ["Elu"] = new(() => new Elu(0.7), [3, 4]),
        ["Celu"] = new(() => new Celu(0.7), [3, 4]),
        ["Selu"] = new(() => new Selu(), [3, 4]),
        ["Gelu"] = new(() => new Gelu(), [3, 4]),
        ["GeluTanh"] = new(() => new GeluTanh(), [3, 4]),
        ["Silu"] = new(() => new Silu(), [3, 4]),
        ["Mish"] = new(() => new Mish(), [3, 4]),
        ["Softplus"] = new(() => new Softplus(2), [3, 4]),
        ["Softsign"] = new(() => new Softsign(), [3, 4]),
        ["LogSigmoid"] = new(() => new LogSigmoid(), [3, 4]),
        ["HardSigmoid"] = new(() => new HardSigmoid(), [3, 4]),
        ["Rnn"] = new(() => new Rnn(3, 4), [2, 5, 3]),
        ["Rnn with ReLU, three layers"] = new(
            () => new Rnn(3, 4, layers: 3, activation: RnnActivation.Relu, bias: false), [2, 5, 3]),
        ["Lstm"] = new(() => new Lstm(3, 4, layers: 2, bidirectional: true), [2, 5, 3]),
        ["Gru"] = new(() => new Gru(3, 4, layers: 2, dropout: 0.5), [2, 5, 3]),
        ["Embedding"] = new(() => new Embedding(4, 3), [2, 5], Kinds: 4),
        ["LearnedPositions"] = new(() => new LearnedPositions(7, 4), [2, 5, 4]),
        ["SinusoidalPositions"] = new(() => new SinusoidalPositions(5), [2, 5, 5]),
        ["MultiHeadAttention"] = new(() => new MultiHeadAttention(6, 3), [2, 5, 6]),
        ["MultiHeadAttention, causal"] = new(
            () => new MultiHeadAttention(6, 2, causal: true, bias: false), [2, 5, 6]),
        ["HardSwish"] = new(() => new HardSwish(), [3, 4]),
    };
}
