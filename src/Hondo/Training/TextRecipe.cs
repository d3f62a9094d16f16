using System.Globalization;
using Hondo.Data;

namespace Hondo.Training;

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

    public static Recipe For(DataSplits data, string? model, int? epochs)
    {
        var windows = (TokenWindows)data.Train.Features;
        bool isTransformer = IsTransformer(model);
        // Short texts are gone through more often, but fifty times at most. A transformer learns by heart sooner: after
        // ten epochs of Shakespeare its training loss is 0.2 below that of the dev part.
        double tokens = isTransformer ? 1e7 : 2e7;
        int rounds = epochs ?? Math.Clamp((int)Math.Round(tokens / windows.Layout.Targets), 10, 50);
        double characters = Math.Round(windows.CharactersPerToken(((TokenTargets)data.Train.Targets).Tokenizer), 4);
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
