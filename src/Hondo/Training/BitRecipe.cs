namespace Hondo.Training;

/// <summary>What works for sequences of bits to be said again.</summary>
static class BitRecipe
{
    const int Rounds = 6;

    public static Recipe For(string? model, int? epochs) => new()
    {
        Model = model ?? "ntm",
        // Addresses bend so sharply that single gradients are a hundred times the usual: without the limit one of them
        // undoes what was learnt.
        Optimizer = "Adam(learningRate: 0.001, before: [ClipNorm(0.1)])",
        Schedule = $"CosineDecay({epochs ?? Rounds})",
        Loss = "BitCrossEntropy()",
        Epochs = epochs ?? Rounds,
        Batch = 16,
        Normalize = false,
    };
}
