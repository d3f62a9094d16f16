using System.Globalization;

namespace Hondo.Data;

/// <summary>What a recipe knows of texts.</summary>
public static class TextRecipes
{
    extension(Recipe)
    {
        /// <summary>How a text is cut for a model that is named, or for the usual one.</summary>
        public static TextOptions TextFor(string? model) => TextRecipe.Text(model);
    }
}

/// <summary>What works for texts: the settings of char-rnn (Karpathy 2015).</summary>
static class TextRecipe
{
    const string Rnn = "RmsProp(learningRate: 0.002, beta: 0.95, before: [ClipValue(5)])",
        Transformer = "AdamW(learningRate: 0.003, weightDecay: 0.01, before: [ClipNorm(1)])";

    // A transformer knows nothing of the window before: each must be long enough to stand for itself. As many tokens a
    // step as with the usual options.
    static readonly TextOptions LongWindows = new() { Window = 128, Streams = 20 };

    // Epochs at the full rate, before each takes 3 % off it.
    const int Steady = 10;

    public static TextOptions Text(string? model) =>
        IsTransformer(model) ? LongWindows : new();

    static bool IsTransformer(string? model) => model is not null
        && (model.Contains("transformer", StringComparison.OrdinalIgnoreCase)
            || model.Contains("MultiHeadAttention", StringComparison.OrdinalIgnoreCase));

    public static Recipe For(TokenWindows windows, ITokenizer tokenizer, string? model, int? epochs)
    {
        bool isTransformer = IsTransformer(model);
        // Short texts are gone through more often, but fifty times at most. A transformer learns by heart sooner: after
        // ten epochs of Shakespeare its training loss is 0.2 below that of the dev part.
        double tokens = isTransformer ? 1e7 : 2e7;
        int rounds = epochs ?? Math.Clamp((int)Math.Round(tokens / windows.Layout.Targets), 10, 50);
        double characters = Math.Round(windows.CharactersPerToken(tokenizer), 4);
        string length = characters == 1 ? "" : characters.ToString(CultureInfo.InvariantCulture);
        return new()
        {
            Model = model ?? "char-lstm(hidden: 128, layers: 2)",
            Optimizer = isTransformer ? Transformer : Rnn,
            Schedule = isTransformer ? $"WarmUp(0.5, CosineDecay({rounds}))"
                : $"WarmUp({Steady}, ExponentialDecay(0.97), start: 1)",
            Loss = $"TokenCrossEntropy({length})",
            Epochs = rounds,
            Batch = windows.Layout.Streams,
            Normalize = false,
        };
    }
}

/// <summary>What works for sequences of bits to be said again.</summary>
static class BitRecipe
{
    // Repeat-copy, whose sequences are long: going back to the beginning without a mark takes longer to discover.
    const int LongSteps = 100;

    public static Recipe For(DataSplits data, string? model, int? epochs)
    {
        int rounds = epochs ?? (data.Train.Sample[0] < LongSteps ? 6 : 16);
        return new()
        {
            Model = model ?? "ntm",
            // Addresses bend so sharply that single gradients are a hundred times the usual: without the limit one of
            // them undoes what was learnt.
            Optimizer = "Adam(learningRate: 0.001, before: [ClipNorm(0.1)])",
            Schedule = $"CosineDecay({rounds})",
            Loss = "BitCrossEntropy()",
            Epochs = rounds,
            Batch = 16,
            Normalize = false,
        };
    }
}
