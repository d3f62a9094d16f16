using Hondo.Losses;
using Hondo.Metrics;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// A class for each pixel of a picture (semantic segmentation): masks <c>[count, height, width]</c>. A model answers
/// <c>[batch, height, width, classes]</c>, as <c>unet</c> does.
/// </summary>
public sealed class SegmentationTargets : Targets
{
    /// <summary>The label of a pixel that does not count, as the borders of Pascal VOC's things.</summary>
    public const byte None = 255;

    readonly byte[] _masks;

    /// <summary>Masks of pictures.</summary>
    /// <param name="masks">The label of every pixel, row-major; 255 where none counts.</param>
    /// <param name="mask">The shape of one, <c>[height, width]</c>.</param>
    /// <param name="classes">The names of the classes, 2 to 255.</param>
    /// <param name="name">What errors call the data.</param>
    /// <exception cref="ArgumentException">The masks are no whole count, or there are not 2 to 255 classes.</exception>
    /// <exception cref="DataFormatException">A label is outside the classes.</exception>
    public SegmentationTargets(byte[] masks, Shape mask, IReadOnlyList<string> classes, string name = "data")
        : base(mask.Size > 0 ? masks.Length / mask.Size : 0)
    {
        if (mask.Rank != 2 || mask.Size == 0 || masks.Length % mask.Size != 0)
            throw new ArgumentException($"{masks.Length:N0} labels are no whole count of masks {mask}, which must be "
                + "[height, width].", nameof(masks));
        if (classes.Count is < 2 or >= None)
            throw new ArgumentException($"Masks have 2 to 254 classes, not {classes.Count}: the background is one too.",
                nameof(classes));
        for (int i = 0; i < masks.Length; i++)
            if (masks[i] >= classes.Count && masks[i] != None)
                throw new DataFormatException(name, $"mask {i / mask.Size} (counted from 0), "
                    + $"row {i % mask.Size / mask[1]}, column {i % mask[1]}", $"the label is {masks[i]}, but there are "
                    + $"{classes.Count} classes: 0 to {classes.Count - 1}",
                    "Correct the label, name all the classes, or write 255 where none counts.");
        (_masks, Each, Classes) = (masks, mask, classes);
    }

    /// <summary>Masks of a tensor's labels; −1 where none counts.</summary>
    internal static SegmentationTargets Of(int[] labels, Shape mask, IReadOnlyList<string> classes, string name)
    {
        foreach (int label in labels)
            if (label is < -1 or >= None)
                throw new DataFormatException(name, "", $"a label of a pixel is {label}",
                    "Labels of pixels go from 0 to 254; −1 stands where none counts.");
        return new([.. labels.Select(label => unchecked((byte)label))], mask, classes, name);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes { get; }

    /// <inheritdoc/>
    public override int Outputs => Classes.Count;

    /// <summary>Mean intersection over union, and the share of pixels that are right.</summary>
    public override IReadOnlyList<IMetric> Metrics(Loss loss) => [new MeanIoU(), new Accuracy()];

    /// <inheritdoc/>
    protected internal override DType Type => DType.Int32;

    /// <inheritdoc/>
    protected internal override Shape Each { get; }

    /// <inheritdoc/>
    protected internal override Recipe Recipe(DataSplits data, string? model, int? epochs, string? augment) =>
        SegmentationRecipe.For(data, model, epochs, augment);

    /// <inheritdoc/>
    protected internal override string? Monitor(Dataset? dev) => dev is null ? null : "dev mean IoU";

    /// <inheritdoc/>
    protected internal override ReadOnlySpan<byte> Stored(int row) => _masks.AsSpan(row * Width, Width);

    /// <inheritdoc/>
    protected internal override void Gather(ReadOnlySpan<int> rows, Span<int> batch)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<byte> mask = Stored(rows[i]);
            for (int k = 0; k < mask.Length; k++)
                batch[i * Width + k] = mask[k] == None ? -1 : mask[k];
        }
    }

    /// <inheritdoc/>
    protected internal override string Describe() => $"{Classes.Count} classes a pixel";

    /// <inheritdoc/>
    protected internal override Targets For(Loss loss, string data) =>
        loss is { Target: TargetKind.Labels, IsForSequences: false } ? this
        : throw Unfit(loss, data, $"cannot be used with {Describe()}", "Use DiceCrossEntropy.");

    /// <summary>Colours every pixel by its class; the first class, the background, keeps the picture.</summary>
    protected internal override bool Draw(Span<float> picture, int row, ReadOnlySpan<float> output)
    {
        ReadOnlySpan<byte> mask = Stored(row);
        int classes = Classes.Count;
        for (int i = 0; i < mask.Length; i++)
        {
            int label = output.IsEmpty ? mask[i] : Best(output.Slice(i * classes, classes));
            if (label is 0 or None)
                continue;
            // Hues a golden angle apart: neighbours in number are far apart in colour.
            for (int c = 0; c < 3; c++)
            {
                double hue = (label - 1) * 0.618034 + c / 3.0, colour = 0.5 + 0.5 * Math.Cos(2 * Math.PI * hue);
                picture[i * 3 + c] = 0.45f * picture[i * 3 + c] + 0.55f * (float)colour;
            }
        }
        return true;
    }

    static int Best(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int k = 1; k < scores.Length; k++)
            best = scores[k] > scores[best] ? k : best;
        return best;
    }
}

/// <summary>What works for masks of pictures.</summary>
static class SegmentationRecipe
{
    public static Recipe For(DataSplits data, string? model, int? epochs, string? augment)
    {
        // Every pixel is a target: a few hundred steps see millions.
        int batch = Math.Clamp(data.Train.Count / 30, 1, 16);
        int rounds = epochs ?? Math.Clamp(600 * batch / data.Train.Count, 8, 40);
        return new()
        {
            Model = model ?? "unet(widths: [16, 32, 64])",
            Optimizer = "Adam(learningRate: 0.005)",
            Schedule = $"OneCycle({rounds})",
            Loss = "DiceCrossEntropy()",
            Epochs = rounds,
            Batch = batch,
            Augment = augment ?? "",
        };
    }
}
