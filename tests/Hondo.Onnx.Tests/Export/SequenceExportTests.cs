using Hondo.Serialization;
using Hondo.Tensors;
using Xunit.Abstractions;

namespace Hondo.Onnx.Tests.Export;

/// <summary>Recurrent layers, attention and Neural Turing Machines give in ONNX Runtime what they give here.</summary>
public sealed class SequenceExportTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Lstm(5, 7)")]
    [InlineData("Lstm(5, 7, layers: 2, bidirectional: true)")]
    [InlineData("Lstm(5, 7, bias: false)")]
    [InlineData("Gru(5, 7)")]
    [InlineData("Gru(5, 7, layers: 2, bidirectional: true)")]
    [InlineData("Rnn(5, 7)")]
    [InlineData("Rnn(5, 7, activation: Relu, bidirectional: true, bias: false)")]
    [InlineData("Sequential(Gru(5, 6), LayerNorm(6), Linear(6, 4), Lstm(4, 3))")]
    [InlineData("MultiHeadAttention(5, 1)")]
    [InlineData("Sequential(Linear(5, 8), MultiHeadAttention(8, 2, causal: true))")]
    [InlineData("Sequential(Linear(5, 8), MultiHeadAttention(8, 4, bias: false))")]
    [InlineData("Sequential(Linear(5, 8), Residual(Sequential(LayerNorm(8), MultiHeadAttention(8, 2))))")]
    [InlineData("NeuralTuringMachine(5, hidden: 12, rows: 16, width: 4)")]
    [InlineData("NeuralTuringMachine(5, hidden: 12, controller: FeedForward, rows: 16, width: 4, reads: 2, writes: 2)")]
    public void Sequences_of_features_agree(string text) =>
        output.WriteLine($"{ExportCheck.Compare(ModelText.Parse(text), [6, 5]):G2}");

    [Theory]
    [InlineData("Lstm(11, 7, layers: 2)")]
    [InlineData("Gru(11, 7, bidirectional: true)")]
    [InlineData("Rnn(11, 7)")]
    [InlineData("Embedding(11, 8)")]
    [InlineData("Sequential(Embedding(11, 8), LearnedPositions(9, 8), MultiHeadAttention(8, 2, causal: true))")]
    [InlineData("Sequential(Embedding(11, 8), SinusoidalPositions(8), Linear(8, 11))")]
    public void Sequences_of_tokens_agree(string text) =>
        output.WriteLine($"{ExportCheck.Compare(ModelText.Parse(text), [6], DType.Int32, tokens: 11):G2}");
}
