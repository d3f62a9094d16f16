using System.Globalization;
using Hondo.Data;
using Hondo.Inference;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Transfer;

/// <summary>A network ready for pictures: it knows what they must look like, and what its outputs are called.</summary>
/// <param name="model">The network, from [batch, height, width, 3], normalized, to scores [batch, classes].</param>
/// <param name="card">Shape of a sample, normalization and names of the classes.</param>
public sealed class PretrainedNetwork(Layer model, ModelCard card)
{
    /// <summary>The name in <see cref="ModelCard.Extra"/> of the share of a picture's shorter side that is seen.
    /// </summary>
    public const string CropEntry = "crop";

    /// <summary>The name in <see cref="ModelCard.Extra"/> of what a network was made from.</summary>
    public const string WeightsEntry = "weights";

    readonly Lazy<Predictor> _predictor = new(() => new(model));
    readonly Lazy<Normalization?> _normalization = new(() =>
        card.Normalization.Length == 0 ? null : Normalization.Parse(card.Normalization));

    /// <summary>The network: it trains, freezes, is saved, summarized and drawn like any other.</summary>
    public Layer Model => model;

    /// <summary>What a file of it would say.</summary>
    public ModelCard Card => card;

    /// <summary>Other names of the classes, as folders have them.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();

    /// <summary>What its file did not say and was taken for granted; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The share of a picture's shorter side that is seen, above 0 to 1; 1 where a card says nothing.
    /// </summary>
    public static double CropOf(ModelCard card) => card.Extra.TryGetValue(CropEntry, out string? text)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double crop)
        && crop is > 0 and <= 1 ? crop : 1;

    /// <summary>The most likely classes of a picture, the most likely first.</summary>
    /// <param name="path">A PNG, JPEG, WebP, GIF, BMP or TIFF file.</param>
    /// <param name="count">How many, from 1.</param>
    /// <exception cref="DataFormatException">It is no picture, or damaged.</exception>
    public IReadOnlyList<ClassGuess> Classify(string path, int count = 5) => Classify(ImageFile.Read(path), count);

    /// <inheritdoc cref="Classify(string, int)"/>
    /// <param name="picture">The picture, of any size.</param>
    /// <param name="count">How many, from 1.</param>
    public IReadOnlyList<ClassGuess> Classify(Image picture, int count = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        double[] shares = Scores(picture).Softmax().ToArray<double>();
        return [.. shares.Index().OrderByDescending(one => one.Item).Take(count)
            .Select(one => new ClassGuess(NameOf(one.Index), one.Item, one.Index))];
    }

    /// <summary>The scores of all classes, [1, classes], or a body's features, [1, features].</summary>
    public Tensor Scores(Image picture)
    {
        Shape sample = card.InputShape ?? throw new InvalidOperationException(
            "The card of this network has no InputShape: it does not say what a picture must look like.");
        var numbers = new float[sample.Size];
        ImageFolder.Sample(picture, sample, CropOf(card)).CopyTo(0, numbers);
        _normalization.Value?.Apply(numbers);
        return _predictor.Value.Forward(Tensor.Of(numbers, [1, .. sample]));
    }

    /// <summary>Opens pictures by name or path, in the size that the network sees, for <see cref="TransferNetwork"/>.
    /// </summary>
    /// <param name="nameOrPath">A folder of class folders, or a data set of pictures.</param>
    /// <param name="split">The shares of train, dev and test; 70/0/30 when null and there is no test part.</param>
    /// <param name="seed">What the choice of rows depends on.</param>
    /// <exception cref="DataFormatException">There are no such pictures.</exception>
    public DataSplits Open(string nameOrPath, Split? split = null, ulong seed = 1)
    {
        DataSource source = DataSource.Open(nameOrPath, new() { Images = Images });
        if (split is not null || source.Parts.Test is null)
            source = source.Divided(split ?? Split.TrainAndTest, seed);
        return Sized(source.Parts);
    }

    /// <summary>What pictures of a folder must become.</summary>
    public ImageOptions Images => card.InputShape is [var height, var width, var channels]
        ? new() { Height = height, Width = width, Channels = channels }
        : throw new InvalidOperationException("The card of this network has no InputShape of a picture.");

    /// <summary>Pictures in the size that the network sees; those that have it stay as they are.</summary>
    /// <exception cref="DataFormatException">They are no pictures of classes.</exception>
    public DataSplits Sized(DataSplits parts) => SizedPictures.Of(parts, card.InputShape!.Value);

    string NameOf(int index) => index < card.ClassNames.Count ? card.ClassNames[index]
        : index.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A class that a picture may be of.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Probability">How likely, 0 to 1.</param>
/// <param name="Index">Its place among the outputs.</param>
public readonly record struct ClassGuess(string Name, double Probability, int Index)
{
    /// <summary>Name and probability: <c>espresso 0.9731</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} {Probability:0.0000}");
}
