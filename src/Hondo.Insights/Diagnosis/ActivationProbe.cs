using System.Runtime.CompilerServices;

namespace Hondo.Insights;

/// <summary>
/// Reads what the layers of a step made, while the tape still holds it: a few thousand numbers of each, evenly spaced.
/// </summary>
sealed class ActivationProbe
{
    readonly List<LayerWatch> _layers = [];

    /// <summary>The watched results in the order of the step.</summary>
    public IReadOnlyList<LayerWatch> Layers => _layers;

    /// <summary>What the model answered.</summary>
    public PredictionWatch Predictions { get; } = new();

    /// <summary>Reads the step that has just run forward.</summary>
    // Called too rarely to be optimized otherwise: a look would take ten times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Look(TrainingRun run)
    {
        int place = 0;
        foreach (Call call in run.Recording!.Calls)
            if (call.LayerPath is not null && call.NeedsGradient && call.Type == DType.Float32
                && LayerWatch.KindOf(call.Name) is { } kind)
            {
                if (place == _layers.Count)
                    _layers.Add(new(call, kind));
                // A network that takes other ways from step to step is watched where it stays the same.
                if (_layers[place].Fits(call))
                    _layers[place].Look(call, run.Output!);
                place++;
            }
        Predictions.Look(run.Output!);
    }

    /// <summary>Begins a new window of steps.</summary>
    public void Restart()
    {
        foreach (LayerWatch layer in _layers)
            layer.Restart();
        Predictions.Restart();
    }
}

/// <summary>Whether the model gives everything the same answer.</summary>
sealed class PredictionWatch
{
    const int MostRows = 256;

    /// <summary>Rows looked at in this window.</summary>
    public int Rows { get; private set; }

    /// <summary>The class that all of them got, or −1 when there were several.</summary>
    public int OnlyClass { get; private set; } = -1;

    public void Restart() => (Rows, OnlyClass) = (0, -1);

    // Called too rarely to be optimized otherwise: a look would take ten times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Look(Node output)
    {
        if (output.Type != DType.Float32 || output.Shape is not [_, > 1])
            return;
        ReadOnlySpan<float> scores = output.Value.As<float>();
        int width = output.Shape[^1], rows = Math.Min(MostRows, scores.Length / width);
        for (int row = 0; row < rows; row++, Rows++)
        {
            int answer = Largest(scores.Slice(row * width, width));
            OnlyClass = Rows == 0 || OnlyClass == answer ? answer : -1;
            if (OnlyClass < 0)
            {
                Rows += rows - row;
                return;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Largest(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int k = 1; k < scores.Length; k++)
            if (scores[k] > scores[best])
                best = k;
        return best;
    }
}
