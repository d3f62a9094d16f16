using Hondo.Data;
using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>
/// Measures the statistics of batch norms anew: the mean over all training batches of what each batch has, for the
/// weights that the model has now.
/// </summary>
sealed class NormStatistics
{
    readonly Tape _tape = new();

    public void Measure(TrainingRun run)
    {
        // With a momentum of 0 they are fixed numbers, not measured ones.
        BatchNorm[] norms = [.. run.Model.Layers.OfType<BatchNorm>().Where(norm => norm.Momentum > 0)];
        if (norms.Length == 0)
            return;
        State[] states = [.. norms.SelectMany(norm => (State[])[norm.Mean, norm.Variance])];
        double[][] sums = [.. states.Select(state => new double[state.Shape.Size])],
            zeros = [.. states.Select(state => new double[state.Shape.Size])];
        Batches batches = run.Trainer.BatchesOf(run.Data.Train);
        RecurrentState? memory = batches.MemoryFor(run.Model);
        using var reading = memory?.Begin() ?? default;
        foreach (Batch batch in batches.Epoch(0, start: 0, run.Cancellation))
        {
            for (int i = 0; i < states.Length; i++)
                Set(states[i], zeros[i]);
            using var step = _tape.Open(new(Mode.Training, run.Trainer.Seed, batch.Number));
            run.Model.Forward(batch.Inputs);
            for (int i = 0; i < states.Length; i++)
                Add(states[i].Value.ToArray<double>(), sums[i]);
        }
        for (int i = 0; i < states.Length; i++)
            Set(states[i], Divided(sums[i], batches.Count * norms[i / 2].Momentum));
    }

    /// <summary>Replaces the numbers of a state.</summary>
    public static void Set(State state, double[] numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            if (state.DType == DType.Float64)
                state.Values<double>()[i] = numbers[i];
            else
                state.Values<float>()[i] = (float)numbers[i];
    }

    static void Add(double[] numbers, double[] sums)
    {
        for (int i = 0; i < sums.Length; i++)
            sums[i] += numbers[i];
    }

    // After zeros a batch leaves its statistics, times the momentum.
    static double[] Divided(double[] sums, double by)
    {
        for (int i = 0; i < sums.Length; i++)
            sums[i] /= by;
        return sums;
    }
}
