using Hondo.Data;
using Hondo.Inference;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Models;
using Hondo.Ops;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Transfer;

namespace Hondo.Cli;

/// <summary>A saved model with what it needs to be used: loss, normalization, the columns of its table.</summary>
sealed record LoadedModel(Layer Model, ModelCard Card, Loss Loss, Normalization? Normalization, CsvSchema? Schema)
{
    /// <summary>The model of a run folder or a file, or a pretrained one by its name.</summary>
    /// <param name="word">The word on the command line.</param>
    /// <param name="terminal">Is told how far a download is, and what an ONNX file does not say.</param>
    /// <param name="pictures">What the command line says of an ONNX file's pictures.</param>
    public static LoadedModel Open(string word, Terminal terminal, OnnxPictures pictures = default)
    {
        if (SavedModel.IsOnnx(word))
        {
            PretrainedNetwork network = pictures.Open(SavedModel.Need(word), terminal);
            return Of(network.Model.Folded(), network.Card) with { Aliases = network.Aliases };
        }
        pictures.RequireNone(word);
        if (AlexNetFiles.IsOne(word))
        {
            PretrainedNetwork alexNet = AlexNetFiles.Open(word);
            return Of(alexNet.Model, alexNet.Card) with { Aliases = alexNet.Aliases };
        }
        if (SavedModel.Known(word) is { } known)
            return Of(known, terminal);
        (Layer model, ModelCard card) = ModelFile.Load(SavedModel.Need(word));
        return Of(model.Folded(), card);
    }

    static LoadedModel Of(PretrainedModel known, Terminal terminal)
    {
        if (known.Classes.Count == 0)
            throw new DataFormatException(known.Name, "", "it is a body without a head: it has features, no classes",
                $"Train a head on it: hondo train PHOTOS --from {known.Name}");
        PretrainedNetwork network = SavedModel.Load(known, terminal);
        return Of(network.Model.Folded(), network.Card) with { Aliases = network.Aliases };
    }

    static LoadedModel Of(Layer model, ModelCard card) =>
        new(model, card, LossCatalog.All.Parse(card.Loss.Length == 0 ? "CrossEntropy" : card.Loss),
            card.Normalization.Length == 0 ? null : Normalization.Parse(card.Normalization),
            card.Extra.TryGetValue("schema", out string? schema) ? CsvSchema.FromText(schema) : null);

    /// <summary>Other names of the classes, as folders of pictures have them.</summary>
    public IReadOnlyDictionary<string, string>? Aliases { get; private init; }

    /// <summary>The share of a picture's shorter side that the model sees.</summary>
    public double Crop => PretrainedNetwork.CropOf(Card);

    readonly Lazy<Predictor> _predictor = new(() => new(Model));

    /// <summary>The shape of one sample.</summary>
    public Shape InputShape => Card.InputShape
        ?? throw new DataFormatException("the model", "", "its file does not say what a sample looks like",
            "Train it with './hondo train', or save it with a ModelCard that has an InputShape.");

    /// <summary>The names of the numbers that it predicts; null for classes, or where its file does not say.</summary>
    public IReadOnlyList<string>? OutputNames { get; } = Schema is { TargetColumns: var targets }
        && targets[0].Kind == CsvColumnKind.TargetNumber ? [.. targets.Select(target => target.Name)] : null;

    /// <summary>True when one number says which of two classes it is.</summary>
    public bool IsBinary => Loss is BinaryCrossEntropy && Card.ClassNames.Count == 2;

    /// <summary>True when the last answer was one for every pixel: then it is the share of the pixels of each class.
    /// </summary>
    public bool IsOfPixels { get; private set; }

    /// <summary>What the model says of samples: probabilities of the classes, or the numbers predicted.</summary>
    public double[] Predict(Features features, int row)
    {
        if (features.Sample != InputShape)
            throw new DataFormatException("the input", "",
                $"a sample is {features.Sample}, but the model was trained on "
                + $"samples of {InputShape}", "Give it data of the same kind.");
        var sample = new float[features.Sample.Size];
        features.CopyTo(row, sample);
        Normalization?.Apply(sample);
        Tensor output = _predictor.Value.Forward(Tensor.Of(sample, [1, .. InputShape]));
        IsOfPixels = output.Shape.Rank == 4 && output.Shape[^1] == Card.ClassNames.Count && Card.ClassNames.Count > 1;
        if (IsOfPixels)
            return output.ArgMax(-1).OneHot(output.Shape[^1]).Mean([0, 1, 2]).ToArray<double>();
        return (IsBinary ? output.Sigmoid() : Card.ClassNames.Count > 1 ? output.Softmax() : Loss.Predict(output))
            .ToArray<double>();
    }
}
