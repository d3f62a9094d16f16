using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Onnx;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Transfer;

/// <summary>
/// ONNX files as networks that are ready for pictures: what a picture must look like and what the outputs are called is
/// known of files that Hondo wrote and of those of the catalog; of others it is read from the metadata that the ONNX
/// standard and Ultralytics define, or is told.
/// </summary>
public static partial class OnnxNetworks
{
    // Names of the ONNX standard's metadata of pictures.
    const string Format = "Image.BitmapPixelFormat", Scale = "Image.NominalPixelRange";

    /// <summary>Opens a file.</summary>
    /// <param name="path">An ONNX file with one input.</param>
    /// <param name="preprocessing">How pictures are prepared, as <see cref="Preprocessing.Parse"/> reads it; what the
    /// file says when left out, or ImageNet's mean and deviation, which <see cref="PretrainedNetwork.Note"/> tells.
    /// </param>
    /// <param name="classes">The names of the outputs; what the file says when left out.</param>
    /// <exception cref="OnnxException">The file is no ONNX file, damaged, or cannot be run.</exception>
    /// <exception cref="DataFormatException">The names are not as many as the outputs, or the preprocessing is none.
    /// </exception>
    public static PretrainedNetwork Open(string path, string? preprocessing = null,
        IReadOnlyList<string>? classes = null)
    {
        if (preprocessing is null && classes is null && InCatalog(path) is { } known)
            return known.Model.Of(path, known.Weights);
        Layer model = OnnxModel.LoadScores(path);
        ModelCard card = OnnxModel.CardOf(path);
        IReadOnlyDictionary<string, string> metadata = OnnxInfo.Read(path).Metadata;
        string? note = null;
        bool isPicture = card.InputShape is null or [_, _, 1 or 3];
        if (preprocessing is not null || (isPicture && card.Normalization.Length == 0))
        {
            string? told = preprocessing ?? Told(metadata);
            bool isColour = card.InputShape is null or [_, _, 3];
            note = told is null && isColour && card.Text.Length == 0 ? $"{Path.GetFileName(path)} does not say how "
                + "pictures are prepared: ImageNet's mean and deviation are taken. --preprocess says it "
                + "otherwise." : null;
            if (told is not null || note is not null)
                card = Prepared(card, Preprocessing.Parse(told ?? "imagenet", card.InputShape), model);
        }
        return new(model, Named(path, model, card, classes ?? Names(metadata))) { Note = note };
    }

    // A file of the catalog under another name is known by its size and hash.
    static (PretrainedModel Model, PretrainedWeights Weights)? InCatalog(string path)
    {
        long size = new FileInfo(path) is { Exists: true } file ? file.Length : -1;
        foreach (PretrainedModel model in Pretrained.Catalog)
            foreach (PretrainedWeights weights in model.Weights)
                if (weights.File.Size == size)
                {
                    using FileStream stream = File.OpenRead(path);
                    if (Convert.ToHexStringLower(SHA256.HashData(stream)) == weights.File.Sha256)
                        return (model, weights);
                }
        return null;
    }

    static ModelCard Prepared(ModelCard card, Preprocessing preprocessing, Layer model)
    {
        preprocessing.TakeRedFirst(model);
        return card with
        {
            InputShape = card.InputShape ?? preprocessing.Sample,
            Normalization = preprocessing.Normalization.ToText(),
            Extra = new Dictionary<string, string>(card.Extra)
            {
                [PretrainedNetwork.CropEntry] = FormattableString.Invariant($"{preprocessing.Crop:R}"),
            },
        };
    }

    // Rgb8 or Bgr8; Normalized_0_1, Normalized_1_1, NominalRange_0_255.
    static string? Told(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(Scale, out string? range))
            return null;
        string scale = range switch
        {
            "NominalRange_0_255" => "bytes",
            "Normalized_1_1" => "centered",
            _ => "unit",
        };
        bool isBlueFirst = metadata.GetValueOrDefault(Format, "").StartsWith("Bgr", StringComparison.Ordinal);
        return isBlueFirst ? scale + " bgr" : scale;
    }

    // Ultralytics: {0: 'person', 1: 'bicycle'}
    [GeneratedRegex("""(\d+)\s*:\s*(?:'([^']*)'|"([^"]*)")""")]
    private static partial Regex Numbered();

    static string[] Names(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue("names", out string? text))
            return [];
        return [.. Numbered().Matches(text).OrderBy(m => int.TryParse(m.Groups[1].Value, out int i) ? i : int.MaxValue)
            .Select(m => m.Groups[2].Value + m.Groups[3].Value)];
    }

    // How many outputs there are is known when it has run once.
    static ModelCard Named(string path, Layer model, ModelCard card, IReadOnlyList<string> names)
    {
        string file = Path.GetFileName(path);
        if (card.InputShape is not { } sample)
            throw new DataFormatException(file, "", "it does not say what a sample looks like",
                "Say the size of its pictures: --preprocess \"imagenet size 224\".");
        int outputs;
        using (Tape.Begin(Mode.Inference))
            outputs = model.Forward(Tensor.Zeros([1, .. sample])).Shape.Size;
        if (names.Count == 0 && card.ClassNames.Count == outputs)
            return card;
        if (names.Count > 0 && names.Count != outputs)
            throw new DataFormatException(file, "", $"it has {outputs} outputs, but there are {names.Count} names of "
                + "classes", "Give as many, in the order of the outputs.");
        // A picture's outputs are scores of classes, whatever they are called; a row's are numbers.
        return names.Count > 0 ? card with { ClassNames = names }
            : sample.Rank == 3 && outputs > 1 ? card with
            {
                ClassNames = [.. Enumerable.Range(0, outputs).Select(i =>
                $"class {i}")]
            }
            : card with { ClassNames = [] };
    }

    /// <summary>Names of classes: <c>imagenet</c>, a file with one a line, or names with commas between them.</summary>
    /// <exception cref="DataFormatException">The file has no line.</exception>
    public static IReadOnlyList<string> ReadNames(string text)
    {
        if (text.Equals("imagenet", StringComparison.OrdinalIgnoreCase))
            return ImageNetClasses.Names;
        const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        string[] names = File.Exists(text) ? File.ReadAllText(text).Split('\n', Trimmed) : text.Split(',', Trimmed);
        return names.Length > 0 ? names : throw new DataFormatException(text, "", "there are no names in it",
            "Write a name on each line, in the order of the outputs.");
    }
}
