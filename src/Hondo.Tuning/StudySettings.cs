using System.Globalization;
using System.Text.Json.Nodes;

namespace Hondo.Tuning;

/// <summary>What a study is: with the objective, all that its result depends on.</summary>
public sealed record StudySettings
{
    // Counted up when a sampler or a pruner decides otherwise than before: half a search of each is none of either.
    const int Format = 2;

    /// <summary>What every random number depends on.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many trials the search has.</summary>
    public int Trials { get; init; } = 100;

    /// <summary>
    /// L: trial k sees exactly the results of the trials up to k − L, whoever ran them and however long they took. As
    /// many workers can be busy at a time. Null for the free mode: a trial sees what is finished, and that is kept.
    /// </summary>
    public int? Lag { get; init; } = 4;

    /// <summary>What chooses the values: <see cref="SamplerCatalog"/>.</summary>
    public string Sampler { get; init; } = "tpe";

    /// <summary>What gives up trials: <see cref="PrunerCatalog"/>.</summary>
    public string Pruner { get; init; } = "none";

    /// <summary>What is wanted of each objective.</summary>
    public IReadOnlyList<Direction> Directions { get; init; } = [Direction.Minimize];

    /// <summary>The texts that are searched; empty when a program asks for values.</summary>
    public IReadOnlyList<(string Name, string Text)> Texts { get; init; } = [];

    /// <summary>After so many seconds without a word from its worker a trial is given to another one.</summary>
    public double Lease { get; init; } = 30;

    /// <summary>
    /// Trainings of the best two with other seeds after the search: what chance does is measured by them.
    /// </summary>
    public int Confirmations { get; init; }

    /// <summary>True when the usual settings are trained beside them: <see cref="Trial.IsBaseline"/>.</summary>
    public bool HasBaseline { get; init; }

    /// <summary>Whatever else who made the study wants to find again: the command line.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>As JSON.</summary>
    public string ToJson() => new JsonObject
    {
        ["format"] = Format,
        ["seed"] = Seed.ToString(CultureInfo.InvariantCulture),
        ["trials"] = Trials,
        ["lag"] = Lag,
        ["sampler"] = Sampler,
        ["pruner"] = Pruner,
        ["directions"] = new JsonArray([.. Directions.Select(one => (JsonNode)one.ToString())]),
        ["texts"] = new JsonArray([.. Texts.Select(one => (JsonNode)new JsonArray(one.Name, one.Text))]),
        ["lease"] = Lease,
        ["confirmations"] = Confirmations,
        ["baseline"] = HasBaseline,
        ["notes"] = TrialJson.Of(Notes),
    }.ToJsonString(TrialJson.Plain);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">Another version of Hondo wrote it.</exception>
    public static StudySettings Parse(string text)
    {
        JsonNode json = JsonNode.Parse(text)!;
        int format = json["format"]?.GetValue<int>() ?? 1;
        if (format != Format)
            throw new FormatException($"The study was begun by another version of Hondo (format {format}, here "
                + $"{Format}): what its trials are would not follow from its seed any more. Go on with that version, "
                + "or begin a new study in another file.");
        return new()
        {
            Seed = ulong.Parse(json["seed"]!.GetValue<string>(), CultureInfo.InvariantCulture),
            Trials = json["trials"]!.GetValue<int>(),
            Lag = json["lag"]?.GetValue<int>(),
            Sampler = json["sampler"]!.GetValue<string>(),
            Pruner = json["pruner"]!.GetValue<string>(),
            Directions = [.. json["directions"]!.AsArray().Select(one =>
                Enum.Parse<Direction>(one!.GetValue<string>()))],
            Texts = [.. json["texts"]!.AsArray().Select(one =>
                (one![0]!.GetValue<string>(), one[1]!.GetValue<string>()))],
            Lease = json["lease"]!.GetValue<double>(),
            Confirmations = json["confirmations"]!.GetValue<int>(),
            HasBaseline = json["baseline"]!.GetValue<bool>(),
            Notes = TrialJson.Texts(json["notes"]!),
        };
    }

    /// <summary>Makes sure that a study can be made of it.</summary>
    /// <exception cref="FormatException">It cannot; the message says why.</exception>
    public StudySettings Check()
    {
        if (Trials < 1 || Lag < 1 || !(Lease > 0) || Directions.Count == 0 || Confirmations < 0)
            throw new FormatException($"A study needs 1 trial or more ({Trials}), a lag of 1 or more ({Lag}), a lease "
                + $"above 0 ({Lease}) and a direction.");
        SamplerCatalog.Parse(Sampler);
        PrunerCatalog.Parse(Pruner);
        _ = new SearchSpace(Texts);
        return this;
    }
}

/// <summary>Trials as JSON, numbers to the bit.</summary>
static class TrialJson
{
    public static readonly System.Text.Json.JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };

    public static JsonObject Of(IReadOnlyDictionary<string, string> texts) =>
        new(texts.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value)));

    public static Dictionary<string, string> Texts(JsonNode json) =>
        json.AsObject().ToDictionary(one => one.Key, one => one.Value!.GetValue<string>());

    public static string Of(IReadOnlyList<SuggestedValue> parameters) => new JsonArray([.. parameters.Select(one =>
        (JsonNode)new JsonArray(one.Name, RangeOf(one.Range), one.Value))]).ToJsonString(Plain);

    public static IReadOnlyList<SuggestedValue> Parameters(string text, Dictionary<string, ParameterRange> ranges) =>
        [.. JsonNode.Parse(text)!.AsArray().Select(one => new SuggestedValue(one![0]!.GetValue<string>(),
            Range(one[1]!, ranges), one[2]!.GetValue<double>()))];

    public static string Of(IReadOnlyList<double> values) =>
        new JsonArray([.. values.Select(one => (JsonNode)one)]).ToJsonString(Plain);

    public static IReadOnlyList<double> Numbers(string text) =>
        [.. JsonNode.Parse(text)!.AsArray().Select(one => one!.GetValue<double>())];

    public static string Of(IReadOnlyDictionary<string, double> values) => new JsonObject(values.Select(one =>
        KeyValuePair.Create(one.Key, (JsonNode?)one.Value))).ToJsonString(Plain);

    public static Dictionary<string, double> Values(string text) =>
        JsonNode.Parse(text)!.AsObject().ToDictionary(one => one.Key, one => one.Value!.GetValue<double>());

    // A choice as the list of its options, whose texts may hold bars themselves.
    static JsonNode RangeOf(ParameterRange range) => range is ChoiceRange choice
        ? new JsonArray([.. choice.Options.Select(option => (JsonNode)option)])
        : range.ToString();

    // One object for equal ranges: comparing a thousand trials is comparing references.
    static ParameterRange Range(JsonNode json, Dictionary<string, ParameterRange> known)
    {
        string text = json.ToJsonString();
        if (!known.TryGetValue(text, out ParameterRange? range))
            known.Add(text, range = json is JsonArray options
                ? new ChoiceRange([.. options.Select(one => one!.GetValue<string>())])
                : SearchTextReader.RangeOfText(json.GetValue<string>()));
        return range;
    }
}
