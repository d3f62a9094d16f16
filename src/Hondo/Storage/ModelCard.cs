using Hondo.Tensors;

namespace Hondo.Storage;

/// <summary>What a model file says about its model besides its numbers: texts only, all of them optional.</summary>
public sealed record ModelCard
{
    /// <summary>The model as the C# that builds it; <see cref="ModelFile.Save"/> fills it in.</summary>
    public string Text { get; init; } = "";

    /// <summary>The shape of one sample, without the batch axis: <c>[28, 28, 1]</c>.</summary>
    public Shape? InputShape { get; init; }

    /// <summary>The names of the classes, in the order of the outputs; empty for other tasks.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>What is done to a sample before the model sees it, as <c>Normalization.ToText</c> writes it.</summary>
    public string Normalization { get; init; } = "";

    /// <summary>What the model was trained on.</summary>
    public string DatasetName { get; init; } = "";

    /// <summary>The loss that it was trained with, as a text of the loss catalog.</summary>
    public string Loss { get; init; } = "";

    /// <summary>How good it is: <c>test accuracy</c> and the like.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>The version of Hondo that wrote the file; <see cref="ModelFile.Save"/> fills it in.</summary>
    public string Version { get; init; } = "";

    /// <summary><see cref="Storage.ModelHash"/> of the model; <see cref="ModelFile.Save"/> fills it in.</summary>
    public string ModelHash { get; init; } = "";

    /// <summary>More texts by names of one's own.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();
}
