using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Models;
using Hondo.Optimizers;
using Hondo.Serialization;

namespace Hondo.Training;

/// <summary>
/// Everything that a training is made of besides the data, as texts and numbers that can be written down and read back.
/// <see cref="For"/> chooses them by the data, so that training works without a choice.
/// </summary>
public sealed record Recipe
{
    // Below this many features a small network learns a table as well as a large one.
    const int FewNumbers = 64;

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
    public static Recipe For(DataSplits data, string? model = null, int? epochs = null, string? augment = null)
    {
        if (data.Train.Targets is TokenTargets)
            return TextRecipe.For(data, model, epochs);
        if (data.Train.Targets is BinarySequenceTargets)
            return BitRecipe.For(data, model, epochs);
        if (ImageRecipe.Fits(data, model))
            return ImageRecipe.For(data, model, epochs, augment);
        bool isTable = data.Train.Sample.Size < FewNumbers, hasClasses = data.Train.Targets is ClassTargets;
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
                : $"Adam(learningRate: {(!isTable ? "0.001" : hasClasses ? "0.1" : "0.01")})",
            Schedule = $"CosineDecay({rounds})",
            // One score says yes or no; what else the data is, is refused with the reason.
            Loss = model.StartsWith("logistic", StringComparison.OrdinalIgnoreCase) ? "BinaryCrossEntropy()"
                : hasClasses ? "CrossEntropy()" : LossFor(data.Train),
            Epochs = rounds,
            Batch = batch,
            Augment = augment ?? "",
        };
    }

    /// <summary>Says before anything is built or written when the loss does not fit the data.</summary>
    /// <exception cref="DataFormatException">The loss cannot be used with the targets.</exception>
    /// <exception cref="FormatException">The text of the loss cannot be read.</exception>
    public void CheckLoss(DataSplits data) =>
        data.Train.Targets.For(LossCatalog.All.Parse(Loss), data.Train.Name);

    /// <summary>Builds the trainer of this recipe: model, optimizer and all.</summary>
    /// <param name="data">The data, which says how large the model's ends are.</param>
    /// <param name="callbacks">What else is done during training.</param>
    /// <exception cref="FormatException">A text cannot be read; the message shows the place.</exception>
    public Trainer Trainer(DataSplits data, params Callback[] callbacks)
    {
        Loss loss = LossCatalog.All.Parse(Loss);
        int outputs = data.Train.Targets.For(loss, data.Train.Name).Outputs;
        Layer model = ModelCatalog.Parse(Model, data.Train.Sample, outputs);
        if (data.Train.Targets is RegressionTargets targets && model is Sequential layers
            && char.IsAsciiLetterLower(Model[0]))
            model = new Sequential([.. layers, ScaleOf(data.Train, targets)]);
        return Trainer(data, model, NormalizationFor(data.Train), callbacks);
    }

    /// <summary>Builds a trainer by this recipe of a model that is there already; <see cref="Model"/> is not looked
    /// at.</summary>
    /// <param name="data">The data.</param>
    /// <param name="model">The model; what has no numbers yet is drawn.</param>
    /// <param name="normalization">What is done to samples before the model sees them, or null.</param>
    /// <param name="callbacks">What else is done during training.</param>
    /// <exception cref="FormatException">A text cannot be read; the message shows the place.</exception>
    public Trainer Trainer(DataSplits data, Layer model, Normalization? normalization, params Callback[] callbacks)
    {
        Loss loss = LossCatalog.All.Parse(Loss);
        model.Initialize(Seed);
        Optimizer optimizer = OptimizerCatalog.Parse(Optimizer, model.Parameters);
        Augmentation augmentation = TransformCatalog.Parse(Augment);
        augmentation.Check(data.Train.Sample);
        return new(model, loss, optimizer)
        {
            Schedule = ScheduleCatalog.All.Parse(Schedule),
            Epochs = Epochs,
            BatchSize = Batch,
            Seed = Seed,
            Normalization = normalization,
            Transform = augmentation.Transforms.Count > 0 ? augmentation : null,
            Mixes = augmentation.Mixes,
            Metrics = data.Train.Targets.Metrics(loss),
            Callbacks = callbacks,
        };
    }

    // A network answers with numbers around 1: targets of 1,000 would be out of its reach for thousands of steps.
    static Rescale ScaleOf(Dataset train, RegressionTargets targets)
    {
        (double Mean, double Deviation)[] moments = [.. Enumerable.Range(0, targets.Width)
            .Select(k => targets.Moments(train, k))];
        return moments is [var (mean, deviation)] ? new(deviation, mean)
            : new([.. moments.Select(m => m.Deviation)], [.. moments.Select(m => m.Mean)]);
    }

    // Several outputs count by their own spreads: what is measured in thousands would drown the rest.
    static string LossFor(Dataset train) => train.Targets is not RegressionTargets { Width: > 1 } several
        ? "MeanSquaredError()"
        : new MeanSquaredError([.. Enumerable.Range(0, several.Width).Select(k => several.Moments(train, k).Deviation)])
            .ToString();

    /// <summary>
    /// Changes of samples that leave their classes as they are, <c>Shift(2), Rotate(10)</c>; empty for tables.
    /// </summary>
    public static string AugmentFor(Dataset train) => ImageRecipe.Augment(train);

    /// <summary>How a text is cut for a model that is named, or for the usual one.</summary>
    public static TextOptions TextFor(string? model) => TextRecipe.Text(model);

    /// <summary>
    /// The number by which the best epoch is chosen: the accuracy of some hundred dev samples or more; of fewer it is
    /// too coarse, and the loss decides.
    /// </summary>
    public static string? MonitorFor(DataSplits data) =>
        data.Train.Targets is ClassTargets && data.Dev?.Count >= 200 ? "dev accuracy" : null;

    /// <summary>The normalization of a training part, or null when this recipe has none.</summary>
    // The pixels of an image have one unit; the columns of a table each have their own.
    public Normalization? NormalizationFor(Dataset train) => !Normalize || train.Targets is TokenTargets ? null
        : train.Sample.Rank == 1 ? Normalization.Fit(train)
        : Normalization.FitWhole(train);
}
