using System.Text.Json;

namespace Hondo.Tests.Golden;

/// <summary>One golden case: what was computed, with which settings, and its numbers.</summary>
sealed class ParityCase(string name, JsonElement json)
{
    public string Name => name;

    public string Op => json.GetProperty("op").GetString()!;

    /// <summary>A numeric setting; 0 when the case has none of that name.</summary>
    public double this[string attribute] => json.GetProperty("attrs").TryGetProperty(attribute, out JsonElement value)
        ? value.GetDouble()
        : 0;

    /// <summary>A setting that is a text, or null.</summary>
    public string? Text(string attribute) =>
        Attributes.TryGetProperty(attribute, out JsonElement value) ? value.GetString() : null;

    public bool Has(string section, string key) => json.GetProperty(section).TryGetProperty(key, out _);

    public bool Is(string attribute) =>
        json.GetProperty("attrs").TryGetProperty(attribute, out JsonElement value) && value.GetBoolean();

    public double[] List(string attribute) =>
        [.. json.GetProperty("attrs").GetProperty(attribute).EnumerateArray().Select(e => e.GetDouble())];

    /// <summary>The whole entry of the manifest.</summary>
    public JsonElement Json => json;

    public JsonElement Attributes => json.GetProperty("attrs");

    /// <summary>A tensor under <c>data</c>.</summary>
    public ParityTensor Data(string key) => Tensor("data", key);

    public ParityTensor Tensor(string section, string key) => ParityFile.Tensor(
        json.GetProperty("file").GetString()!, json.GetProperty(section).GetProperty(key).GetString()!);

    /// <summary>The only tensor of a section, whatever its name.</summary>
    public ParityTensor Only(string section) =>
        Tensor(section, json.GetProperty(section).EnumerateObject().Single().Name);

    public override string ToString() => name;
}
