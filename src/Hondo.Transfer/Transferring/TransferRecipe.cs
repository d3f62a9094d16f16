using System.Globalization;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Training;

namespace Hondo.Transfer;

/// <summary>What works for a new head, and for fine-tuning behind it.</summary>
public static class TransferRecipe
{
    // A head sees some thousand samples before its loss has come to rest; each costs next to nothing.
    const int Samples = 3000, MostEpochs = 25, LeastEpochs = 4, LeastTuning = 3;

    /// <summary>The recipe.</summary>
    /// <param name="data">The data.</param>
    /// <param name="unfreezeAfter">After how many epochs the body is trained too; never when null.</param>
    /// <param name="epochs">How often to go through the training part, or null for what fits.</param>
    /// <param name="augment">How to change training samples, empty for not at all: then what a frozen body makes of
    /// them is computed once.</param>
    /// <exception cref="ArgumentOutOfRangeException">The body would be trained after the last epoch.</exception>
    public static Recipe For(DataSplits data, int? unfreezeAfter = null, int? epochs = null, string augment = "")
    {
        int frozen = Math.Clamp(Samples / data.Train.Count, LeastEpochs, MostEpochs);
        int rounds = epochs ?? (unfreezeAfter is { } first ? first + Math.Max(first, LeastTuning) : frozen);
        if (unfreezeAfter >= rounds)
            throw new ArgumentOutOfRangeException(nameof(unfreezeAfter), unfreezeAfter, string.Create(
                CultureInfo.InvariantCulture, $"There are {rounds} epochs: the body would never be trained."));
        return new()
        {
            Model = "transfer",
            Optimizer = "Adam(learningRate: 0.003)",
            // The rate falls to nothing before the body joins, and starts once more with it.
            Schedule = unfreezeAfter is > 0 and var after && rounds - after >= after
                ? new Schedules.CosineRestarts(after, (double)(rounds - after) / after).ToString()!
                : $"CosineDecay({rounds})",
            Loss = "CrossEntropy()",
            Epochs = rounds,
            Batch = unfreezeAfter is null ? Math.Clamp(data.Train.Count / 60 / 16 * 16, 16, 64) : 16,
            Augment = augment,
        };
    }
}

/// <summary>Lets layers train that were frozen at first.</summary>
/// <param name="epochs">After how many epochs.</param>
/// <param name="layers">Which layers.</param>
public sealed class UnfreezeAfter(int epochs, IReadOnlyList<Layer> layers) : Callback
{
    /// <inheritdoc/>
    protected override void OnEpochBegin(TrainingRun run)
    {
        if (run.Epoch <= epochs)
            return;
        foreach (Layer layer in layers)
            layer.Unfreeze();
    }
}
