using Hondo.Layers;
using Hondo.Serialization;
using Hondo.Tensors;
using Microsoft.ML.OnnxRuntime;
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
    [InlineData("Lstm(5, 7)")]
    [InlineData("Gru(5, 7, layers: 2, bidirectional: true)")]
    [InlineData("Sequential(Gru(5, 6), LayerNorm(6), Linear(6, 4), Lstm(4, 3))")]
    [InlineData("Sequential(Linear(5, 8), MultiHeadAttention(8, 2, causal: true))")]
    [InlineData("Sequential(Linear(5, 8), Residual(Sequential(LayerNorm(8), MultiHeadAttention(8, 2))))")]
    [InlineData("Sequential(Embedding(11, 8), LearnedPositions(12, 8), MultiHeadAttention(8, 2, causal: true))")]
    [InlineData("Sequential(Embedding(11, 8), SinusoidalPositions(8), Linear(8, 11))")]
    [InlineData("NeuralTuringMachine(5, hidden: 3, rows: 16, width: 2)")]
    public void The_length_of_sequences_is_free_where_the_axis_has_a_name(string text)
    {
        bool areTokens = text.Contains("Embedding", StringComparison.Ordinal);
        DType type = areTokens ? DType.Int32 : DType.Float32;
        Layer model = ModelText.Parse(text);
        string path = Path.GetTempFileName();
        try
        {
            OnnxExport.Save(model, path, areTokens ? [9] : [9, 5], type, new() { TimeAxis = "time" });
            Assert.Contains("time", OnnxInfo.Read(path).Outputs[0].Type, StringComparison.Ordinal);
            using var session = new InferenceSession(path);
            foreach (int time in (int[])[9, 4, 1])
            {
                Tensor x = ExportCheck.Random(areTokens ? [3, time] : [3, time, 5], type, 11);
                Assert.All(ExportCheck.Infer(model, x).Zip(ExportCheck.Run(session, x)), pair =>
                    Assert.Equal(pair.First, pair.Second, 1e-5));
            }
            // The model that it was, to the bit.
            Assert.Equal(model.ToString(), OnnxModel.Load(path).ToString());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_flattened_sequence_has_one_length() => Assert.Contains("for another length of sequences",
        Assert.Throws<OnnxNotSupportedException>(() => OnnxExport.Save(ModelText.Parse(
            "Sequential(Flatten(), Sigmoid(), Reshape(6, 5), AveragePool1d(2))"), Path.GetTempFileName(), [6, 5],
            options: new() { TimeAxis = "time" })).Message, StringComparison.Ordinal);

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
