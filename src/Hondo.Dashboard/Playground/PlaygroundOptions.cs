using System.Text.Json;
using Hondo.Layers;
using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Dashboard.Playground;

/// <summary>What the playground's page chose. Everything has a limit: a page cannot eat the machine.</summary>
sealed record PlaygroundOptions
{
    const int MostLayers = 4, MostUnits = 12, MostBatch = 200;
    const double MostNoise = 1, MostRate = 10, MostDecay = 1;

    static readonly string[] Optimizers = ["sgd", "momentum", "adam"], Activations = ["tanh", "relu", "sigmoid"];

    public required string Data { get; init; }

    public required string Csv { get; init; }

    public required double Noise { get; init; }

    public required IReadOnlyList<string> Inputs { get; init; }

    public required IReadOnlyList<int> Hidden { get; init; }

    public required string Activation { get; init; }

    public required string Optimizer { get; init; }

    public required double LearningRate { get; init; }

    public required double Decay { get; init; }

    public required int Batch { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Reads and checks what the page sent.</summary>
    /// <exception cref="FormatException">It is nothing that the page offers; the message names the part.</exception>
    public static PlaygroundOptions Parse(string json)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json, new() { MaxDepth = 4 });
            return Read(parsed.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("The playground takes one JSON object with data, csv, noise, inputs, hidden, "
                + "activation, optimizer, learningRate, decay, batch and seed.", error);
        }
    }

    static PlaygroundOptions Read(JsonElement root) => new()
    {
        Data = OneOf(root, "data", [.. PointSets.Names, "csv"]),
        Csv = root.GetProperty("csv").GetString()!,
        Noise = Within(root, "noise", 0, MostNoise),
        Inputs = InputsOf(root),
        Hidden = HiddenOf(root),
        Activation = OneOf(root, "activation", Activations),
        Optimizer = OneOf(root, "optimizer", Optimizers),
        LearningRate = Within(root, "learningRate", 0, MostRate),
        Decay = Within(root, "decay", 0, MostDecay),
        Batch = (int)Within(root, "batch", 1, MostBatch),
        Seed = (ulong)Within(root, "seed", 1, int.MaxValue),
    };

    /// <summary>The network, with first weights by the seed.</summary>
    public Sequential Model(int classes)
    {
        List<Layer> layers = [];
        int width = Inputs.Count;
        foreach (int units in Hidden)
        {
            layers.Add(new Linear(width, units));
            layers.Add(Activation switch { "tanh" => new Tanh(), "relu" => new Relu(), _ => new Sigmoid() });
            width = units;
        }
        var model = new Sequential([.. layers, new Linear(width, classes)]);
        model.Initialize(Seed);
        return model;
    }

    /// <summary>What changes the network's weights.</summary>
    public Optimizer OptimizerOf(IReadOnlyList<Parameter> parameters)
    {
        Optimizer optimizer = Optimizer switch
        {
            "sgd" => new Sgd(parameters, LearningRate),
            "momentum" => new Momentum(parameters, LearningRate, 0.9),
            _ => new Adam(parameters, LearningRate),
        };
        if (Decay > 0)
            optimizer.GradientTransforms.Add(new L2(Decay));
        return optimizer;
    }

    static List<string> InputsOf(JsonElement root)
    {
        List<string> inputs = [.. root.GetProperty("inputs").EnumerateArray().Take(PointInputs.Names.Count + 1)
            .Select(input => input.GetString()!)];
        return inputs.Count > 0 && inputs.Distinct().Count() == inputs.Count
            && inputs.TrueForAll(PointInputs.Names.Contains)
            ? inputs
            : throw new FormatException($"inputs are some of {string.Join(", ", PointInputs.Names)}, each once.");
    }

    static List<int> HiddenOf(JsonElement root)
    {
        List<int> hidden = [.. root.GetProperty("hidden").EnumerateArray().Take(MostLayers + 1)
            .Select(units => units.TryGetInt32(out int number) ? number : 0)];
        return hidden.Count <= MostLayers && hidden.TrueForAll(units => units is >= 1 and <= MostUnits)
            ? hidden
            : throw new FormatException($"hidden has at most {MostLayers} layers, of 1 to {MostUnits} units each.");
    }

    static string OneOf(JsonElement root, string name, IReadOnlyList<string> known)
    {
        string text = root.GetProperty(name).GetString() ?? "";
        return known.Contains(text) ? text : throw new FormatException($"{name} is one of {string.Join(", ", known)}.");
    }

    static double Within(JsonElement root, string name, double least, double most) =>
        root.GetProperty(name).TryGetDouble(out double number) && number >= least && number <= most
            ? number
            : throw new FormatException(FormattableString.Invariant($"{name} is a number from {least} to {most}."));
}
