using System.Runtime.CompilerServices;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>
/// Reads what the layers of a step made, while the tape still holds it: a few thousand numbers of each, evenly spaced.
/// </summary>
sealed class ActivationProbe
{
    readonly List<LayerWatch> _layers = [];

    /// <summary>The watched results in the order of the step.</summary>
    public IReadOnlyList<LayerWatch> Layers => _layers;

    /// <summary>What the model answered.</summary>
    public AnswerWatch Answers { get; } = new();

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
        Answers.Look(run.Output!);
    }

    /// <summary>Begins a new window of steps.</summary>
    public void Restart()
    {
        foreach (LayerWatch layer in _layers)
            layer.Restart();
        Answers.Restart();
    }
}
