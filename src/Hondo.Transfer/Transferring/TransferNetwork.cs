using System.Globalization;
using Hondo.Data;
using Hondo.Inference;
using Hondo.Layers;
using Hondo.Onnx;
using Hondo.Optimizers;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Training;

namespace Hondo.Transfer;

/// <summary>
/// A network that has learned, with a new last layer for classes of one's own: the body keeps what it knows, and only
/// the head is trained, or after some epochs all of it with rates that fall towards the input.
/// </summary>
/// <example><code>
/// PretrainedNetwork squeezeNet = Pretrained.SqueezeNet();
/// DataSplits photos = squeezeNet.Open("photos");
/// var network = new TransferNetwork(squeezeNet, photos.Train.Classes.Count);
/// Trainer trainer = network.Trainer(photos);
/// trainer.Fit(photos);
/// Console.WriteLine(trainer.Evaluate(photos.Test!));
/// </code></example>
public sealed class TransferNetwork
{
    // The first layers see edges and colours, which serve any picture: they move a hundredth as fast as the head, the
    // last ones a tenth.
    const double Slowest = 0.01, Fastest = 0.1;

    readonly PretrainedNetwork _source;
    readonly Layer[] _body;

    /// <summary>Puts a new last layer on the body of a network, and freezes the body.</summary>
    /// <param name="source">The network; it is changed when the body is trained.</param>
    /// <param name="classes">How many classes, from 2.</param>
    /// <exception cref="ArgumentException">The network is no chain of layers that ends in a linear one.</exception>
    public TransferNetwork(PretrainedNetwork source, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        _source = source;
        Shape sample = source.Card.InputShape is { Rank: 3 } shape ? shape : throw new ArgumentException(
            "A network of pictures passes on what it has learned; this one takes "
            + $"{source.Card.InputShape?.ToString() ?? "what its file does not say"}.", nameof(source));
        (_body, int features) = NetworkBody.Of(source, sample);
        Head = new Linear(features, classes);
        Model = new([.. _body, Head]);
        foreach (Layer layer in _body)
            layer.Freeze();
    }

    /// <summary>The whole network.</summary>
    public Sequential Model { get; }

    /// <summary>The layers that were taken over.</summary>
    public IReadOnlyList<Layer> Body => _body;

    /// <summary>The new layer.</summary>
    public Linear Head { get; }

    /// <summary>What the body was trained to see.</summary>
    public Normalization? Normalization => _source.Card.Normalization.Length == 0 ? null
        : Normalization.Parse(_source.Card.Normalization);

    /// <summary>What was taken over, in a sentence.</summary>
    public string Description
    {
        get
        {
            long parameters = _body.Sum(layer => layer.Parameters.Sum(parameter => (long)parameter.Shape.Size));
            int layers = _body.Count(layer => layer.Parameters.Count > 0);
            return string.Create(CultureInfo.InvariantCulture, $"{parameters:N0} parameters of {layers} layers with "
                + $"weights; new: {Head}, {Head.Parameters.Sum(one => (long)one.Shape.Size):N0} parameters");
        }
    }

    /// <summary>A trainer of the head, or of all after some epochs.</summary>
    /// <param name="data">Pictures of the size that the network sees: <see cref="PretrainedNetwork.Open"/>.</param>
    /// <param name="recipe">Optimizer, schedule and all; what fits when null.</param>
    /// <param name="unfreezeAfter">After how many epochs the body is trained too; never when null.</param>
    /// <param name="callbacks">What else is done during training.</param>
    public Trainer Trainer(DataSplits data, Recipe? recipe = null, int? unfreezeAfter = null,
        params Callback[] callbacks)
    {
        recipe ??= TransferRecipe.For(data, unfreezeAfter);
        Callback[] thaw = unfreezeAfter is { } epochs ? [new UnfreezeAfter(epochs, _body)] : [];
        Trainer trainer = recipe.Trainer(data, Model, Normalization, [.. thaw, .. callbacks]);
        if (unfreezeAfter is not null)
            UseRates(trainer.Optimizer);
        return trainer;
    }

    /// <summary>What a file of the network says.</summary>
    /// <param name="data">The data that it was trained on.</param>
    public ModelCard CardFor(DataSplits data) => new()
    {
        InputShape = data.Train.Sample,
        ClassNames = data.Train.Classes,
        DatasetName = data.Train.Name,
        Loss = "CrossEntropy()",
        Normalization = _source.Card.Normalization,
        Extra = new Dictionary<string, string> { [TransferredEntry] = Origin },
    };

    /// <summary>The name in <see cref="ModelCard.Extra"/> of what was taken over.</summary>
    public const string TransferredEntry = "transferred";

    string Origin => (_source.Card.Extra.TryGetValue(PretrainedNetwork.WeightsEntry, out string? weights)
        ? $"{weights}: " : "") + Description;

    // Discriminative rates (Howard and Ruder 2018, arXiv:1801.06146), a geometric row from the first layer to the last.
    void UseRates(Optimizer optimizer)
    {
        Layer[] layers = [.. _body.Where(layer => layer.Parameters.Count > 0)];
        for (int i = 0; i < layers.Length; i++)
            optimizer.Groups.Add(new(layers[i].Parameters, optimizer.InitialLearningRate * Slowest
                * Math.Pow(Fastest / Slowest, layers.Length == 1 ? 1 : (double)i / (layers.Length - 1)))
            {
                Name = layers[i].Path,
            });
    }
}

/// <summary>What a network has before its last layer.</summary>
static class NetworkBody
{
    /// <summary>The layers, and how many features they make of a picture.</summary>
    /// <exception cref="ArgumentException">The network is no chain of layers that ends in a linear one.</exception>
    public static (Layer[] Body, int Features) Of(PretrainedNetwork source, Shape sample)
    {
        Layer[] body = source switch
        {
            { Card.ClassNames.Count: 0 } => source.Model is Sequential all ? [.. all] : [source.Model],
            { Model: Sequential layers } => [.. layers.Take(HeadOf(layers))],
            { Model: OnnxModel graph } => [graph.WithoutHead() ?? throw new ArgumentException("The graph does not end "
                + "in one linear layer that could be exchanged.", nameof(source))],
            _ => throw new ArgumentException($"{Short(source.Model)} is no chain of layers that could be cut: a "
                + "Sequential passes on what it has learned.", nameof(source)),
        };
        // What drops features at random was made for the old head; without it they are the same each time.
        while (body.Length > 0 && body[^1] is Dropout or SpatialDropout)
            body = body[..^1];
        if (!body.Any(layer => layer.Parameters.Count > 0))
            throw new ArgumentException("The network has nothing to pass on before its last layer.", nameof(source));
        Shape made = new Predictor(new Sequential(body)).Forward(Tensor.Zeros([1, .. sample])).Shape;
        Layer[] end = made.Rank switch
        {
            2 => [],
            4 when made[1] == 1 && made[2] == 1 => [new Flatten()],
            4 => [new GlobalAveragePool2d()],
            _ => throw new ArgumentException($"The body makes {made} of a picture: only features and maps can be "
                + "given a new last layer.", nameof(source)),
        };
        return ([.. body, .. end], made[^1]);
    }

    // The last layer with weights says which class it is: a linear one, or a convolution of single pixels.
    static int HeadOf(Sequential layers)
    {
        int last = layers.Count - 1;
        while (last >= 0 && layers[last].Parameters.Count == 0)
            last--;
        return last > 0 && layers[last] is Linear or Conv2d { Weight.Shape: [1, 1, ..] } ? last
            : throw new ArgumentException("The last layer with weights is "
                + $"{(last < 0 ? "none" : Short(layers[last]))}: only a linear one can be exchanged.", nameof(layers));
    }

    static string Short(Layer layer) => $"{layer}" is { Length: > 80 } text ? text[..80] + "…" : $"{layer}";
}
