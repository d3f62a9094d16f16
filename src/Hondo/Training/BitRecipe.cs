using Hondo.Data;

namespace Hondo.Training;

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
