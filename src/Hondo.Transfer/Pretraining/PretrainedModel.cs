using Hondo.Data;
using Hondo.Layers;
using Hondo.Onnx;
using Hondo.Serialization;

namespace Hondo.Transfer;

/// <summary>A published network that is known by name, with its weights somewhere in the world.</summary>
/// <param name="Name">Its name, <c>mobilenet_v2</c>.</param>
/// <param name="Summary">What it is, in a line.</param>
/// <param name="Classes">The names of its classes; none for a body without a head.</param>
/// <param name="Weights">Its weights: the first that are on this machine, else the first that can be had.</param>
public sealed record PretrainedModel(string Name, string Summary, IReadOnlyList<string> Classes,
    IReadOnlyList<PretrainedWeights> Weights)
{
    /// <summary>Other names of the classes, as folders have them.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();

    /// <summary>The weights that are on this machine, else those that would be downloaded, else the first.</summary>
    public PretrainedWeights Chosen => Weights.FirstOrDefault(one => one.Path is not null)
        ?? Weights.FirstOrDefault(one => one.CanFetch) ?? Weights[0];

    /// <summary>Finds or downloads the weights; where they are then.</summary>
    /// <exception cref="DataFormatException">They are not on this machine and have no mirror, or are damaged.
    /// </exception>
    /// <exception cref="DownloadException">They cannot be downloaded or written.</exception>
    public async Task<string> FetchAsync(IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        PretrainedWeights weights = Chosen;
        if (weights.Path is null && !weights.CanFetch)
            throw new DataFormatException(Name, "", $"its weights {weights.File.Name} are not on this machine and have "
                + "no mirror", $"Put the file (SHA-256 {weights.File.Sha256}) into "
                + $"{DataFolders.Of(weights.Place)[0]}. It was made of: {weights.Source}.");
        return await weights.FetchAsync(null, progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>Finds or downloads the weights, and makes the network of them.</summary>
    /// <inheritdoc cref="FetchAsync"/>
    public async Task<PretrainedNetwork> LoadAsync(IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        PretrainedWeights weights = Chosen;
        return Of(await FetchAsync(progress, cancellation).ConfigureAwait(false), weights);
    }

    /// <summary>The network of a file with these weights.</summary>
    internal PretrainedNetwork Of(string path, PretrainedWeights weights)
    {
        Layer model = OnnxModel.LoadScores(path);
        weights.Preprocessing.TakeRedFirst(model);
        var card = new ModelCard
        {
            InputShape = weights.Preprocessing.Sample,
            ClassNames = Classes,
            Normalization = weights.Preprocessing.Normalization.ToText(),
            Loss = "CrossEntropy()",
            Extra = new Dictionary<string, string>
            {
                [PretrainedNetwork.CropEntry] = FormattableString.Invariant($"{weights.Preprocessing.Crop:R}"),
                [PretrainedNetwork.WeightsEntry] = $"{Name} {weights.File.Sha256}",
            },
        };
        return new(model, card) { Aliases = Aliases };
    }

    /// <summary>Name and summary.</summary>
    public override string ToString() => $"{Name}: {Summary}";
}
