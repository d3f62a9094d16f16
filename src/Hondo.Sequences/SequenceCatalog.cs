using Hondo.Layers;
using Hondo.Losses;
using Hondo.Metrics;
using Hondo.Serialization;
using Hondo.Tensors;

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
        LayerCatalog.All.Register(new(
            "NeuralTuringMachine(inputs, hidden: 100, controller: Lstm, rows: 128, width: 20, reads: 1, writes: 1)",
            a => new NeuralTuringMachine(a.Int("inputs"), a.Int("hidden"), a.OneOf<NtmController>("controller"),
                a.Int("rows"), a.Int("width"), a.Int("reads"), a.Int("writes"))));
        LossCatalog.All.Register(new("BitCrossEntropy()", _ => new BitCrossEntropy()));
        LossCatalog.All.Register(new("TokenCrossEntropy(charactersPerToken: 1)",
            a => new TokenCrossEntropy(a.Number("charactersPerToken"))));
        MetricCatalog.All.Register(new("BitsRight()", _ => new BitsRight()));
        Add("char-gru(hidden: 128, layers: 2, dropout: 0)", (a, _, tokens) => Writer("gru", a, tokens));
        Add("char-lstm(hidden: 128, layers: 2, dropout: 0)", (a, _, tokens) => Writer("lstm", a, tokens));
        Add("char-rnn(cell: lstm, hidden: 128, layers: 2, dropout: 0)",
            (a, _, tokens) => Writer(a.Text("cell"), a, tokens));
        Add("char-transformer(hidden: 128, layers: 2, heads: 4, dropout: 0)", (a, window, tokens) =>
            CharTransformer.Of(tokens, Window(window), a.Int("hidden"), a.Int("layers"), a.Int("heads"),
                a.Number("dropout")));
        Add("ntm(hidden: 100, controller: Lstm, rows: 128, width: 20, reads: 1, writes: 1)", (a, input, bits) =>
            NeuralTuringMachines.Of(input, bits, a.Int("hidden"), a.OneOf<NtmController>("controller"), a.Int("rows"),
                a.Int("width"), a.Int("reads"), a.Int("writes")));
    }

    static void Add(string signature, Func<Arguments, Shape, int, Layer> make) =>
        ModelCatalog.All.Register(ModelCatalog.Line(signature, make));

    static int Window(Shape input) => input is [var window] ? window
        : throw new ArgumentException($"A transformer reads a text, windows [time] of tokens, but got samples {input}.",
            nameof(input));

    static Sequential Writer(string cell, Arguments a, int tokens) =>
        CharRnn.Of(cell, tokens, a.Int("hidden"), a.Int("layers"), a.Number("dropout"));
}
