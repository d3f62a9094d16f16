using System.Globalization;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Serialization;

/// <summary>
/// A run in the middle of training, in one file: the model, what the optimizer remembers, and how far it is. A run that
/// goes on from it takes the same steps, bit by bit, as one that never stopped. The file is a model file too.
/// </summary>
public static class Checkpoint
{
    /// <summary>How the names of tensors start that are no numbers of the model.</summary>
    internal const string OptimizerPrefix = Safetensors.Prefix + "optimizer.";

    const string Kind = "checkpoint.optimizer", Steps = "checkpoint.steps", Rate = "checkpoint.learningRate",
        Each = "checkpoint.stepsOfParameters", Rates = "checkpoint.learningRatesOfGroups",
        Beta = "checkpoint.beta", Progress = "progress.";

    /// <summary>Writes a checkpoint; after any interruption the file is the old one or the new one.</summary>
    /// <param name="path">Where; its folder exists.</param>
    /// <param name="model">The model.</param>
    /// <param name="optimizer">Its optimizer, between two steps.</param>
    /// <param name="progress">How far the run is, in texts of the caller's: epoch, position, seed.</param>
    /// <param name="card">What to say about the model.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, Layer model, Optimizer optimizer, IReadOnlyDictionary<string, string> progress,
        ModelCard? card = null) => Of(model, optimizer, progress, card).Write(path);

    /// <summary>The content of a checkpoint, which stays as it is while the training goes on.</summary>
    internal static Safetensors Of(Layer model, Optimizer optimizer, IReadOnlyDictionary<string, string> progress,
        ModelCard? card)
    {
        var extra = new Dictionary<string, string>(card?.Extra ?? new Dictionary<string, string>())
        {
            [Kind] = KindOf(optimizer),
            [Steps] = optimizer.StepCount.ToString(CultureInfo.InvariantCulture),
            [Rate] = optimizer.LearningRate.ToString(CultureInfo.InvariantCulture),
        };
        if (optimizer is IMomentum momentum)
            extra[Beta] = momentum.Beta.ToString(CultureInfo.InvariantCulture);
        if (optimizer.Steps.ContainsAnyExcept(optimizer.StepCount))
            extra[Each] = string.Join(' ', optimizer.Steps.ToArray());
        if (optimizer.Groups.Count > 0)
            extra[Rates] = string.Join(' ', optimizer.Groups.Select(group =>
                group.LearningRate.ToString(CultureInfo.InvariantCulture)));
        foreach ((string name, string text) in progress)
            extra[Progress + name] = text;
        Dictionary<string, Tensor> states = [];
        foreach (OptimizerState state in optimizer.States)
            for (int i = 0; i < optimizer.Slab.Parameters.Count; i++)
                states.Add(NameOf(state, optimizer.Slab.Parameters[i]), state.Get(i));
        return ModelFile.Of(states, model, (card ?? new ModelCard()) with { Extra = extra }, isCopied: true).File;
    }

    /// <summary>Brings a model and its optimizer, both just made, to where a checkpoint was written.</summary>
    /// <returns>The progress that was saved.</returns>
    /// <exception cref="DataFormatException">The file is missing or damaged, or is of another model or optimizer.
    /// </exception>
    public static IReadOnlyDictionary<string, string> Load(string path, Layer model, Optimizer optimizer)
    {
        Safetensors file = Safetensors.Read(path);
        IReadOnlyDictionary<string, string> extra = ModelFile.Card(path, file).Extra;
        if (!extra.TryGetValue(Kind, out string? kind))
            throw new DataFormatException(path, "", "this is a model file, but to go on a checkpoint is needed",
                "Name a checkpoint, or start a new run from the model.");
        if (kind != KindOf(optimizer))
            throw new DataFormatException(path, "", $"the run was trained with {kind}, but is to go on with "
                + KindOf(optimizer), $"Go on with {kind}, or start a new run.");
        new ModelNumbers(model, path).Fill(file, new());
        IReadOnlyList<Parameter> parameters = optimizer.Slab.Parameters;
        foreach (OptimizerState state in optimizer.States)
            for (int i = 0; i < parameters.Count; i++)
                state.Set(i, Find(path, file, NameOf(state, parameters[i]), parameters[i]));
        try
        {
            SetNumbers(path, extra, optimizer);
        }
        catch (ArgumentException error)
        {
            throw new DataFormatException(path, "metadata", error.Message, "Use another checkpoint.");
        }
        return extra.Where(text => text.Key.StartsWith(Progress, StringComparison.Ordinal))
            .ToDictionary(text => text.Key[Progress.Length..], text => text.Value);
    }

    static void SetNumbers(string path, IReadOnlyDictionary<string, string> extra, Optimizer optimizer)
    {
        optimizer.ContinueAfter((long)Number(path, extra, Steps), extra.ContainsKey(Each)
            ? [.. Numbers(path, extra, Each, optimizer.Steps.Length).Select(number => (long)number)] : []);
        optimizer.LearningRate = Number(path, extra, Rate);
        if (optimizer.Groups.Count > 0)
            foreach ((ParameterGroup group, double rate) in optimizer.Groups.Zip(
                Numbers(path, extra, Rates, optimizer.Groups.Count)))
                group.LearningRate = rate;
        if (optimizer is IMomentum momentum)
            momentum.Beta = Number(path, extra, Beta);
    }

    static string KindOf(Optimizer optimizer) => optimizer.ToString()!.Split('(')[0];

    static string NameOf(OptimizerState state, Parameter parameter) =>
        $"{OptimizerPrefix}{state.Name}.{parameter.Name}";

    static Tensor Find(string path, Safetensors file, string name, Parameter parameter) =>
        file.Tensors.TryGetValue(ModelNumbers.EarlierName(name, file.Tensors), out Tensor tensor)
            && tensor.Shape == parameter.Shape
            && tensor.DType == parameter.DType
            ? tensor
            : throw new DataFormatException(path, name, $"no {parameter.DType} {parameter.Shape} is there",
                "Does this checkpoint belong to this run?");

    static double[] Numbers(string path, IReadOnlyDictionary<string, string> texts, string name, int count) =>
        texts.GetValueOrDefault(name, "").Split(' ') is var words && words.Length == count
            ? [.. words.Select(word => Number(path, name, word))]
            : throw new DataFormatException(path, "metadata", $"{name} is not {count} numbers",
                "Give the optimizer the groups that it had, or start a new run.");

    static double Number(string path, IReadOnlyDictionary<string, string> texts, string name) =>
        Number(path, name, texts.GetValueOrDefault(name));

    static double Number(string path, string name, string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number) && number >= 0
            ? number
            : throw new DataFormatException(path, "metadata", $"{name} is no number from 0", "Use another checkpoint.");
}
