using System.Globalization;
using System.Text.Json;

namespace Hondo.Insights;

/// <summary>
/// How large each layer's results, weights and gradients are, and how far an update moves the weights: roots of mean
/// squares over a few thousand evenly spaced numbers, at the first step, every 250 steps and at the end of each epoch.
/// </summary>
sealed class LayerFigures(TrainingRun run)
{
    const int StepsBetween = 250, MostLayers = 12, MostNumbers = 2048;

    readonly WeightProbe _weights = new(run.Optimizer.Slab);
    readonly Dictionary<string, Call> _calls = [];
    readonly Dictionary<string, double> _activations = [];
    string[]? _paths;

    /// <summary>True from <see cref="Before"/> to <see cref="WriteTo"/>.</summary>
    public bool IsDue { get; private set; }

    /// <summary>Looks at a step before its update, while the tape still holds what the layers made.</summary>
    public void Before()
    {
        int step = run.StepInEpoch + 1;
        IsDue = run.Step == 0 || step == run.StepsPerEpoch || step % StepsBetween == 0;
        if (!IsDue)
            return;
        _weights.Before();
        // Of the calls of a layer the last is what it gives.
        foreach (Call call in run.Recording!.Calls)
            if (call.LayerPath is { Length: > 0 } path && call.NeedsGradient && call.Type == DType.Float32
                && (LayerWatch.KindOf(call.Name) is not null || _weights.Weights.Any(weight => weight.Layer == path)))
                _calls[path] = call;
        foreach ((string path, Call call) in _calls)
            _activations[path] = Size(call.Value.As<float>());
        _calls.Clear();
    }

    /// <summary>The properties of a row, after the update.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        IsDue = false;
        _weights.After();
        json.WriteNumber("step", run.Step);
        json.WriteNumber("epoch", run.Epoch);
        json.WriteStartObject("layers");
        foreach (string path in _paths ??= Chosen())
        {
            json.WriteStartObject(NameOf(path));
            if (_activations.TryGetValue(path, out double activation))
                json.WriteFinite("activations", Rounded(activation));
            WriteWeights(json, [.. _weights.Weights.Where(weight => weight.Layer == path)]);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    static void WriteWeights(Utf8JsonWriter json, WeightWatch[] weights)
    {
        if (weights.Length == 0)
            return;
        double all = weights.Sum(one => one.Energy(one.Weight)), count = weights.Sum(one => one.Energy(1));
        json.WriteFinite("weights", Rounded(Math.Sqrt(all / count)));
        json.WriteFinite("gradients", Rounded(Math.Sqrt(weights.Sum(one => one.Energy(one.Gradient)) / count)));
        json.WriteFinite("update share", Rounded(Math.Sqrt(weights.Sum(one => one.Energy(one.Update)) / all)));
    }

    // Layers with weights tell most; of a deep network some from all over its depth.
    string[] Chosen()
    {
        string[] all = [.. _weights.Weights.Select(weight => weight.Layer).Distinct()];
        if (all.Length < MostLayers)
            all = [.. run.Model.Layers.Select(layer => run.Model.PathOf(layer)!)
                .Where(path => all.Contains(path) || (all.Length <= 4 && _activations.ContainsKey(path)))];
        int count = Math.Min(all.Length, MostLayers);
        return [.. Enumerable.Range(0, count).Select(i => all[i * all.Length / count])];
    }

    string NameOf(string path)
    {
        string layer = $"{run.Model.Find(path)}";
        return $"{path} {layer[..(layer.IndexOf('(') is var end and >= 0 ? end : layer.Length)]}".Trim();
    }

    static double Size(ReadOnlySpan<float> numbers)
    {
        // An odd stride does not keep to a few columns of the matrix.
        int every = (numbers.Length + MostNumbers - 1) / MostNumbers | 1, count = 0;
        double squares = 0;
        for (int i = 0; i < numbers.Length; i += every, count++)
            squares += (double)numbers[i] * numbers[i];
        return Math.Sqrt(squares / Math.Max(1, count));
    }

    // Four digits are all that a curve shows.
    static double Rounded(double value) => double.Parse(value.ToString("G4", CultureInfo.InvariantCulture),
        CultureInfo.InvariantCulture);
}
