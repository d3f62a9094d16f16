using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Models;
using Hondo.Optimizers;
using Hondo.Serialization;

namespace Hondo.Training;

/// <summary>Trainers by recipe.</summary>
public static class RecipeTraining
{
    extension(Recipe recipe)
    {
        /// <summary>Says before anything is built or written when the loss does not fit the data.</summary>
        /// <exception cref="DataFormatException">The loss cannot be used with the targets.</exception>
        /// <exception cref="FormatException">The text of the loss cannot be read.</exception>
        /// <returns>How many outputs the loss needs for each sample.</returns>
        public int CheckLoss(DataSplits data) =>
            data.Train.Targets.For(LossCatalog.All.Parse(recipe.Loss), data.Train.Name).Outputs;

        /// <summary>Builds the trainer of this recipe: model, optimizer and all.</summary>
        /// <param name="data">The data, which says how large the model's ends are.</param>
        /// <param name="callbacks">What else is done during training.</param>
        /// <exception cref="FormatException">A text cannot be read; the message shows the place.</exception>
        public Trainer Trainer(DataSplits data, params Callback[] callbacks)
        {
            Loss loss = LossCatalog.All.Parse(recipe.Loss);
            int outputs = data.Train.Targets.For(loss, data.Train.Name).Outputs;
            Layer model = ModelCatalog.Parse(recipe.Model, data.Train.Sample, outputs);
            if (loss.Target == TargetKind.Numbers && model is Sequential { Count: > 0 } layers && layers[^1] is Linear
                && data.Train.Targets.Scales(data.Train) is { Count: > 0 } scales)
                model = new Sequential([.. layers, ScaleOf(scales)]);
            return recipe.Trainer(data, model, recipe.NormalizationFor(data.Train), callbacks);
        }

        /// <summary>Builds a trainer by this recipe of a model that is there already; <see cref="Recipe.Model"/> is not
        /// looked at.</summary>
        /// <param name="data">The data.</param>
        /// <param name="model">The model; what has no numbers yet is drawn.</param>
        /// <param name="normalization">What is done to samples before the model sees them, or null.</param>
        /// <param name="callbacks">What else is done during training.</param>
        /// <exception cref="FormatException">A text cannot be read; the message shows the place.</exception>
        public Trainer Trainer(DataSplits data, Layer model, Normalization? normalization, params Callback[] callbacks)
        {
            Loss loss = LossCatalog.All.Parse(recipe.Loss);
            model.Initialize(recipe.Seed);
            Optimizer optimizer = OptimizerCatalog.Parse(recipe.Optimizer, model.Parameters);
            Augmentation augmentation = TransformCatalog.Parse(recipe.Augment);
            augmentation.Check(data.Train);
            return new(model, loss, optimizer)
            {
                Schedule = ScheduleCatalog.All.Parse(recipe.Schedule),
                Epochs = recipe.Epochs,
                BatchSize = recipe.Batch,
                Seed = recipe.Seed,
                Normalization = normalization,
                Transform = augmentation.Transforms.Count > 0 ? augmentation : null,
                Mixes = augmentation.Mixes,
                Metrics = data.Train.Targets.Metrics(loss),
                Callbacks = callbacks,
                // Whoever trains by a recipe shows its course in a way of its own.
                Progress = null,
            };
        }
    }

    // A network answers with numbers around 1: targets of 1,000 would be out of its reach for thousands of steps.
    static Rescale ScaleOf(IReadOnlyList<(double Mean, double Deviation)> scales) =>
        scales is [var (mean, deviation)] ? new(deviation, mean)
            : new([.. scales.Select(scale => scale.Deviation)], [.. scales.Select(scale => scale.Mean)]);
}
