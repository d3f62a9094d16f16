using Hondo.Data;
using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Serialization;

/// <summary>How the tensors of a file find their places in a model that was built in C#.</summary>
public sealed record LoadOptions
{
    /// <summary>
    /// True, the default, makes everything that does not fit an error. False leaves it as it is in the model, and the
    /// <see cref="LoadReport"/> lists it.
    /// </summary>
    public bool Strict { get; init; } = true;

    /// <summary>The model's name for each name in the file, or null for a tensor to leave out; null changes none.
    /// </summary>
    /// <example><code>Rename = name => name.Replace("module.", "")</code></example>
    public Func<string, string?>? Rename { get; init; }

    /// <summary>
    /// The shape of one sample, e.g. <c>[28, 28, 1]</c>. A model that flattens images needs it for PyTorch's files:
    /// PyTorch flattens channels first, so that the columns of the next layer lie in another order.
    /// </summary>
    public Shape? InputShape { get; init; }
}

/// <summary>What became of a model's numbers and of a file's when one was filled from the other.</summary>
/// <param name="Loaded">The model's tensors that were filled, by name.</param>
/// <param name="Missing">Those that the file does not have; they are as they were.</param>
/// <param name="Unexpected">The file's tensors that the model does not have, by their names in the file.</param>
/// <param name="Mismatched">Tensors of one name and two shapes, with both; they are as they were.</param>
public sealed record LoadReport(IReadOnlyList<string> Loaded, IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unexpected, IReadOnlyList<string> Mismatched)
{
    /// <summary>True when everything fits.</summary>
    public bool IsComplete => Missing.Count + Unexpected.Count + Mismatched.Count == 0;

    /// <summary>Counts, and the names of what does not fit.</summary>
    public override string ToString() => $"{Loaded.Count} loaded"
        + Part("missing", Missing) + Part("unexpected", Unexpected) + Part("mismatched", Mismatched);

    static string Part(string what, IReadOnlyList<string> names) =>
        names.Count == 0 ? "" : $"; {names.Count} {what}: {string.Join(", ", names)}";
}

/// <summary>Fills a model's parameters and states from a file.</summary>
/// <param name="model">The model.</param>
/// <param name="path">The file.</param>
sealed class ModelNumbers(Layer model, string path)
{
    // Norms had names of their own before they took PyTorch's.
    static readonly (string Now, string Before)[] Earlier =
        [("weight", "scale"), ("weight", "slope"), ("bias", "shift"), ("running_mean", "mean"),
            ("running_var", "variance")];

    readonly List<string> _loaded = [], _missing = [], _unexpected = [], _mismatched = [];

    // All shapes are compared before any memory is taken: a text can ask for a model of any size.
    public LoadReport Fill(Safetensors file, LoadOptions options)
    {
        Parts parts = model.Named;
        bool isOurs = ModelFile.Card(path, file).Text.Length > 0;
        FlattenOrder order = isOurs ? FlattenOrder.None : FlattenOrder.Of(model, options.InputShape);
        Dictionary<string, Shape> wanted = [];
        foreach (Parameter parameter in parts.AllParameters)
            wanted[parameter.Name] = KernelLayout.ShapeInFile(parameter);
        foreach (State state in parts.AllStates)
            wanted[state.Name] = state.Shape;
        Dictionary<string, Tensor> found = Match(wanted, file.Tensors, options.Rename);
        var report = new LoadReport(_loaded, _missing, _unexpected, _mismatched);
        if (options.Strict && !report.IsComplete)
            throw new DataFormatException(path, "", $"this file is of another model: {Problem()}",
                $"The model here is {Shortened(ModelText.Print(model))}.");
        if (_missing.Count + _mismatched.Count == 0 && parts.AllParameters.Count > 0
            && parts.AllParameters.All(p => found[p.Name].DType == DType.Float64))
            model.To(DType.Float64);
        foreach (Parameter parameter in parts.AllParameters)
            if (found.TryGetValue(parameter.Name, out Tensor values))
                parameter.Set(KernelLayout.FromFile(parameter,
                    As(parameter.DType, order.FromFile(parameter.Name, values))));
        foreach (State state in parts.AllStates)
            if (found.TryGetValue(state.Name, out Tensor values))
                state.Set(As(state.DType, order.FromFile(state.Name, values)));
        return report;
    }

    Dictionary<string, Tensor> Match(Dictionary<string, Shape> wanted, IReadOnlyDictionary<string, Tensor> tensors,
        Func<string, string?>? rename)
    {
        Dictionary<string, Tensor> named = [];
        Dictionary<string, string> original = [];
        foreach ((string name, Tensor tensor) in tensors)
        {
            string? renamed = rename is null ? name : rename(name);
            if (renamed is null || name.StartsWith(Checkpoint.OptimizerPrefix, StringComparison.Ordinal))
                continue;
            if (!named.TryAdd(renamed, tensor))
                throw new DataFormatException(path, name, $"it and {original[renamed]} are both renamed to {renamed}",
                    "Give each tensor a name of its own.");
            original[renamed] = name;
        }
        Dictionary<string, Tensor> found = [];
        HashSet<string> used = [];
        foreach ((string name, Shape shape) in wanted)
        {
            string inFile = EarlierName(name, named);
            if (!named.TryGetValue(inFile, out Tensor tensor))
                _missing.Add($"{name} {shape}");
            else if (tensor.Shape != shape)
                _mismatched.Add($"{name} is {shape} in the model, but {tensor.Shape} in the file");
            else if (!tensor.DType.IsFloating)
                _mismatched.Add($"{name} holds whole numbers in the file");
            else
                found.Add(name, tensor);
            used.Add(inFile);
        }
        _loaded.AddRange(found.Keys);
        _unexpected.AddRange(named.Keys.Where(name => !used.Contains(name) && !IsCounter(name, wanted))
            .Select(name => $"{original[name]} {named[name].Shape}"));
        return found;
    }

    // PyTorch's batch norm counts its batches; the count is used only without a momentum.
    static bool IsCounter(string name, Dictionary<string, Shape> wanted) =>
        name.EndsWith("num_batches_tracked", StringComparison.Ordinal)
        && wanted.ContainsKey(name.Replace("num_batches_tracked", "running_mean", StringComparison.Ordinal));

    /// <summary>The name of a tensor in a file that may be older than the name.</summary>
    public static string EarlierName(string name, IReadOnlyDictionary<string, Tensor> tensors)
    {
        if (tensors.ContainsKey(name))
            return name;
        foreach ((string now, string before) in Earlier)
            if ((name == now || name.EndsWith("." + now, StringComparison.Ordinal))
                && name[..^now.Length] + before is var old && tensors.ContainsKey(old))
                return old;
        return name;
    }

    string Problem() => _missing.Count > 0 ? $"the model has {_missing[0]}, but the file does not"
        : _mismatched.Count > 0 ? _mismatched[0]
        : $"the file has {_unexpected[0]}, but the model does not";

    static string Shortened(string text) => text.Length <= 200 ? text : text[..200] + "…";

    static Tensor As(DType type, Tensor values) => values.DType == type ? values
        : type == DType.Float64 ? Tensor.Of(values.ToArray<double>(), values.Shape)
        : Tensor.Of(Array.ConvertAll(values.ToArray<double>(), value => (float)value), values.Shape);
}
