using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hondo.Tensors;

namespace Hondo.Serialization;

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

    /// <summary>
    /// <see cref="Hondo.Serialization.ModelHash"/> of the model; <see cref="ModelFile.Save"/> fills it in.
    /// </summary>
    public string ModelHash { get; init; } = "";

    /// <summary>
    /// The paths of layers that occur more than once: where first, and where again. <see cref="ModelFile.Save"/> fills
    /// it in, and loading makes one layer of them.
    /// </summary>
    public IReadOnlyList<(string First, string Again)> Shared { get; init; } = [];

    /// <summary>More texts by names of one's own.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();
}

/// <summary>A <see cref="ModelCard"/> as the texts of a safetensors file, and back.</summary>
static class ModelCardText
{
    const string Model = Safetensors.Prefix + "model", Input = Safetensors.Prefix + "input",
        Classes = Safetensors.Prefix + "classes", Normalization = Safetensors.Prefix + "normalization",
        Dataset = Safetensors.Prefix + "dataset", Loss = Safetensors.Prefix + "loss",
        Version = Safetensors.Prefix + "version", Hash = Safetensors.Prefix + "modelHash", Shared = Safetensors.Prefix
        + "shared",
        Metric = Safetensors.Prefix + "metric.", Extra = Safetensors.Prefix + "extra.";

    // A JSON text inside a JSON text is hard enough to read without \u escapes.
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The texts; what is empty is left out.</summary>
    public static Dictionary<string, string> Write(ModelCard card)
    {
        var texts = new Dictionary<string, string>
        {
            [Model] = card.Text,
            [Input] = card.InputShape?.ToString() ?? "",
            [Classes] = card.ClassNames.Count > 0 ? WriteList(card.ClassNames) : "",
            [Normalization] = card.Normalization,
            [Dataset] = card.DatasetName,
            [Loss] = card.Loss,
            [Version] = card.Version,
            [Hash] = card.ModelHash,
            [Shared] = string.Join(", ", card.Shared.Select(pair => $"{pair.Again} = {pair.First}")),
        };
        foreach ((string name, double value) in card.Metrics)
            texts[Metric + name] = value.ToString(CultureInfo.InvariantCulture);
        foreach ((string name, string text) in card.Extra)
            texts[Extra + name] = text;
        return texts.Where(text => text.Value.Length > 0).ToDictionary();
    }

    /// <summary>The card of a file's texts.</summary>
    /// <exception cref="FormatException">A text is not what it should be; the message says which.</exception>
    public static ModelCard Read(IReadOnlyDictionary<string, string> texts) => new()
    {
        Text = texts.GetValueOrDefault(Model, ""),
        InputShape = texts.TryGetValue(Input, out string? input) ? ReadShape(input) : null,
        ClassNames = texts.TryGetValue(Classes, out string? classes) ? ReadList(classes) : [],
        Normalization = texts.GetValueOrDefault(Normalization, ""),
        DatasetName = texts.GetValueOrDefault(Dataset, ""),
        Loss = texts.GetValueOrDefault(Loss, ""),
        Version = texts.GetValueOrDefault(Version, ""),
        ModelHash = texts.GetValueOrDefault(Hash, ""),
        Shared = texts.TryGetValue(Shared, out string? shared) ? [.. shared.Split(',').Select(ReadPair)] : [],
        Metrics = After(texts, Metric).ToDictionary(text => text.Key, text => ReadNumber(text.Key, text.Value)),
        Extra = After(texts, Extra).ToDictionary(),
    };

    static IEnumerable<KeyValuePair<string, string>> After(IReadOnlyDictionary<string, string> texts, string prefix) =>
        texts.Where(text => text.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(text => KeyValuePair.Create(text.Key[prefix.Length..], text.Value));

    static double ReadNumber(string name, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new FormatException($"{Metric}{name} is no number");

    static (string First, string Again) ReadPair(string text) => text.Split('=', StringSplitOptions.TrimEntries) is
        [var again, var first] ? (first, again) : throw new FormatException($"{Shared} holds no pairs of layers");

    static Shape ReadShape(string text)
    {
        const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        string[] axes = text.Trim('[', ']').Split(',', Trimmed);
        try
        {
            return [.. axes.Select(axis => int.Parse(axis, NumberStyles.None, CultureInfo.InvariantCulture))];
        }
        catch (Exception error) when (error is FormatException or OverflowException or ShapeException)
        {
            throw new FormatException($"{Input} is no shape", error);
        }
    }

    static string WriteList(IReadOnlyList<string> names)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartArray();
            foreach (string name in names)
                json.WriteStringValue(name);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    static string[] ReadList(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 2 });
            return [.. json.RootElement.EnumerateArray().Select(name => name.GetString()
                ?? throw new FormatException($"{Classes} holds a null"))];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new FormatException($"{Classes} is no JSON list of texts", error);
        }
    }
}
