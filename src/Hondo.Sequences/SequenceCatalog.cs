using Hondo.Layers;
using Hondo.Losses;
using Hondo.Metrics;
using Hondo.Serialization;
using Hondo.Tensors;
using static Hondo.Models.ModelCatalog;

namespace Hondo.Models;

/// <summary>What a text or a model file can name of Hondo.Sequences: a new thing is one line here.</summary>
public static class SequenceCatalog
{
    /// <summary>
    /// Makes the names known. A C# program that has the package does it by itself at its start; once more changes
    /// nothing.
    /// </summary>
    public static void Register() => OtherPackages.Add("Hondo.Sequences", AddAll);

    static void AddAll()
    {
        LayerCatalog.All.RegisterAll(Layers);
        LossCatalog.All.RegisterAll(
        [
            new("BitCrossEntropy()", _ => new BitCrossEntropy()),
            new("TokenCrossEntropy(charactersPerToken: 1)", a => new TokenCrossEntropy(a.Number("charactersPerToken"))),
        ]);
        MetricCatalog.All.RegisterAll([new("BitsRight()", _ => new BitsRight())]);
        All.RegisterAll(Networks);
    }

    static CatalogLine<Layer>[] Layers =>
    [
        new("Gru(inputs, hidden, layers: 1, dropout: 0, bidirectional: false, bias: true)",
            a => new Gru(a.Int("inputs"), a.Int("hidden"), a.Int("layers"), a.Number("dropout"),
                a.Flag("bidirectional"), a.Flag("bias"))),
        new("LearnedPositions(length, features)", a => new LearnedPositions(a.Int("length"), a.Int("features"))),
        new("Lstm(inputs, hidden, layers: 1, dropout: 0, bidirectional: false, bias: true)",
            a => new Lstm(a.Int("inputs"), a.Int("hidden"), a.Int("layers"), a.Number("dropout"),
                a.Flag("bidirectional"), a.Flag("bias"))),
        new("MultiHeadAttention(features, heads, dropout: 0, causal: false, bias: true, initializer: null)",
            a => new MultiHeadAttention(a.Int("features"), a.Int("heads"), a.Number("dropout"), a.Flag("causal"),
                a.Flag("bias"), InitializerCatalog.Of(a))),
        new("NeuralTuringMachine(inputs, hidden: 100, controller: Lstm, rows: 128, width: 20, reads: 1, writes: 1)",
            a => new NeuralTuringMachine(a.Int("inputs"), a.Int("hidden"), a.OneOf<NtmController>("controller"),
                a.Int("rows"), a.Int("width"), a.Int("reads"), a.Int("writes"))),
        new("Rnn(inputs, hidden, layers: 1, activation: Tanh, dropout: 0, bidirectional: false, bias: true)",
            a => new Rnn(a.Int("inputs"), a.Int("hidden"), a.Int("layers"), a.OneOf<RnnActivation>("activation"),
                a.Number("dropout"), a.Flag("bidirectional"), a.Flag("bias"))),
        new("SinusoidalPositions(features)", a => new SinusoidalPositions(a.Int("features"))),
    ];

    static CatalogLine<Func<Shape, int, Layer>>[] Networks =>
    [
        Line("char-gru(hidden: 128, layers: 2, dropout: 0)", (a, _, tokens) => Writer("gru", a, tokens)),
        Line("char-lstm(hidden: 128, layers: 2, dropout: 0)", (a, _, tokens) => Writer("lstm", a, tokens)),
        Line("char-rnn(cell: lstm, hidden: 128, layers: 2, dropout: 0)",
            (a, _, tokens) => Writer(a.Text("cell"), a, tokens)),
        Line("char-transformer(hidden: 128, layers: 2, heads: 4, dropout: 0)", (a, window, tokens) =>
            CharTransformer.Of(tokens, Window(window), a.Int("hidden"), a.Int("layers"), a.Int("heads"),
                a.Number("dropout"))),
        Line("ntm(hidden: 100, controller: Lstm, rows: 128, width: 20, reads: 1, writes: 1)", (a, input, bits) =>
            NeuralTuringMachines.Of(input, bits, a.Int("hidden"), a.OneOf<NtmController>("controller"), a.Int("rows"),
                a.Int("width"), a.Int("reads"), a.Int("writes"))),
    ];

    static int Window(Shape input) => input is [var window] ? window
        : throw new ArgumentException($"A transformer reads a text, windows [time] of tokens, but got samples {input}.",
            nameof(input));

    static Sequential Writer(string cell, Arguments a, int tokens) =>
        CharRnn.Of(cell, tokens, a.Int("hidden"), a.Int("layers"), a.Number("dropout"));
}
