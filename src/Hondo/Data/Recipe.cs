using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// Everything that a training is made of besides the data, as texts and numbers that can be written down and read back.
/// <see cref="For"/> chooses them by the data, so that training works without a choice.
/// </summary>
public sealed record Recipe
{
    /// <summary>The model: a name, <c>mlp(hidden: [64])</c>, or a whole text, <c>Sequential(…)</c>.</summary>
    public required string Model { get; init; }

    /// <summary>The optimizer, <c>Adam(learningRate: 0.001)</c>.</summary>
    public required string Optimizer { get; init; }

    /// <summary>The schedule of the learning rate, <c>OneCycle(10)</c>.</summary>
    public required string Schedule { get; init; }

    /// <summary>The loss, <c>CrossEntropy()</c>.</summary>
    public required string Loss { get; init; }

    /// <summary>How often the training part is gone through.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples a step.</summary>
    public required int Batch { get; init; }

    /// <summary>True when samples are normalized by the training part.</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>How training samples are changed a little, <c>Shift(2), Rotate(10)</c>; empty for not at all.</summary>
    public string Augment { get; init; } = "";

    /// <summary>What first weights, order, dropout and augmentation depend on.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What works for the data.</summary>
    /// <param name="data">The data.</param>
    /// <param name="model">The model, or null for what fits.</param>
    /// <param name="epochs">How often to go through the training part, or null for what fits.</param>
    /// <param name="augment">How to change training samples, empty for not at all, or null for what fits.</param>
    public static Recipe For(DataSplits data, string? model = null, int? epochs = null, string? augment = null) =>
        data.Train.Targets.Recipe(data, model, epochs, augment);

    /// <summary>What works for rows of numbers, and a start for any other data: what a kind of targets of your own
    /// says that its recipe is, with its loss and whatever else it needs (<c>with</c>).</summary>
    /// <param name="data">The data.</param>
    /// <param name="loss">The loss that fits the targets, <c>Huber()</c>.</param>
    /// <param name="model">The model, or null for what fits.</param>
    /// <param name="epochs">How often to go through the training part, or null for what fits.</param>
    /// <param name="augment">How to change training samples, empty for not at all, or null for what fits.</param>
    public static Recipe ForTable(DataSplits data, string loss, string? model = null, int? epochs = null,
        string? augment = null) => TableRecipe.For(data, model, epochs, augment, loss, rateOfOneLayer: "0.01");

    /// <summary>
    /// Changes of samples that leave their classes as they are, <c>Shift(2), Rotate(10)</c>; empty for tables.
    /// </summary>
    public static string AugmentFor(Dataset train) => ImageRecipe.Augment(train);

    /// <summary>
    /// The number by which the best epoch is chosen: the accuracy of some hundred dev samples or more; of fewer it is
    /// too coarse, and the loss decides.
    /// </summary>
    public static string? MonitorFor(DataSplits data) => data.Train.Targets.Monitor(data.Dev);

    /// <summary>The normalization of a training part, or null when this recipe has none.</summary>
    // The pixels of an image have one unit; the columns of a table each have their own.
    public Normalization? NormalizationFor(Dataset train) => !Normalize || train.Features.Type != DType.Float32 ? null
        : train.Sample.Rank == 1 ? Normalization.Fit(train)
        : Normalization.FitWhole(train);
}

/// <summary>What works for rows of numbers, and for everything else that has no recipe of its own.</summary>
static class TableRecipe
{
    // Below this many features a small network learns a table as well as a large one.
    const int FewNumbers = 64;

    /// <summary>The recipe.</summary>
    /// <param name="data">The data.</param>
    /// <param name="model">The model, or null for what fits.</param>
    /// <param name="epochs">How often to go through the training part, or null for what fits.</param>
    /// <param name="augment">What the user asked for, or null.</param>
    /// <param name="loss">The loss that fits the targets.</param>
    /// <param name="rateOfOneLayer">The learning rate of a model of one layer.</param>
    public static Recipe For(DataSplits data, string? model, int? epochs, string? augment, string loss,
        string rateOfOneLayer)
    {
        bool isTable = data.Train.Sample.Size < FewNumbers;
        model ??= "mlp";
        bool isMlp = model == "mlp", isFlat = model is "linear" or "softmax" or "logistic" or "perceptron" or "adaline";
        int batch = Math.Clamp(data.Train.Count / 60 / 16 * 16, isTable ? 16 : 64, 128);
        // Small sets are gone through more often, so that each training has some thousand steps.
        int rounds = epochs ?? Math.Clamp(2500 * batch / data.Train.Count, 10, isTable ? 100 : 40);
        return new()
        {
            Model = isMlp && isTable ? "mlp(hidden: [32, 32], dropout: 0)" : model,
            Optimizer = isTable && !isFlat ? "Adam(learningRate: 0.01, before: [L2(0.03)])"
                // One layer has no bends to fall into: it takes a rate that would ruin a deeper network.
                : $"Adam(learningRate: {(isTable ? rateOfOneLayer : "0.001")})",
            Schedule = $"CosineDecay({rounds})",
            // One score says yes or no; what else the data is, is refused with the reason.
            Loss = model.StartsWith("logistic", StringComparison.OrdinalIgnoreCase) ? "BinaryCrossEntropy()" : loss,
            Epochs = rounds,
            Batch = batch,
            Augment = augment ?? "",
        };
    }
}
