using System.Globalization;
using Hondo.Layers;
using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>
/// What a checkpoint keeps of the optimizers beside the model file, which has the first one: the others, gradients that
/// no update has used yet (the run is between two batches of one update), and what is frozen.
/// </summary>
static class OptimizersOfRun
{
    public static void SaveOptimizers(this TrainingRun run, RunState state)
    {
        foreach (Parameter parameter in All(run))
            if (parameter.Leaf.HasFreshGradient)
                state.Of("gradients").Set(parameter.Name, parameter.Leaf.CopyOfGradient());
        state.Of("frozen").Set("parameters", Lines(All(run).Where(one => !one.IsTrainable).Select(one => one.Name)));
        state.Of("frozen").Set("states", Lines(run.Model.States.Where(one => one.IsFrozen).Select(one => one.Name)));
        for (int i = 1; i < run.Trainer.Optimizers.Count; i++)
            Save(run.Trainer.Optimizers[i], state.Of(NameOf(i)));
    }

    public static void RestoreOptimizers(this TrainingRun run, RunState state)
    {
        foreach (Parameter parameter in All(run))
            if (state.Of("gradients").HasTensor(parameter.Name))
                parameter.Leaf.SetGradient(state.Of("gradients").Tensor(parameter.Name, parameter.Shape));
        for (int i = 1; i < run.Trainer.Optimizers.Count; i++)
            Load(run.Trainer.Optimizers[i], state.Of(NameOf(i)));
    }

    /// <summary>Freezes what was frozen then, which a callback may have changed since the beginning.</summary>
    public static void RestoreFrozen(this TrainingRun run, RunState frozen)
    {
        if (!frozen.IsPresent)
            return;
        string[] parameters = frozen.Text("parameters").Split('\n'), states = frozen.Text("states").Split('\n');
        foreach (Parameter parameter in All(run))
            parameter.IsTrainable = !parameters.Contains(parameter.Name);
        foreach (State state in run.Model.States)
            state.IsFrozen = states.Contains(state.Name);
    }

    static void Save(Optimizer optimizer, RunState state)
    {
        state.Set("steps", [optimizer.StepCount, .. optimizer.Steps.ToArray()]);
        state.Set("rates", [optimizer.LearningRate, .. optimizer.Groups.Select(group => group.LearningRate)]);
        if (optimizer is IMomentum momentum)
            state.Set("beta", momentum.Beta);
        foreach ((OptimizerState one, int place, Parameter parameter) in Numbers(optimizer))
            state.Set($"{one.Name}.{parameter.Name}", one.Get(place));
    }

    static void Load(Optimizer optimizer, RunState state)
    {
        double[] steps = state.Numbers("steps", 1 + optimizer.Steps.Length);
        double[] rates = state.Numbers("rates", 1 + optimizer.Groups.Count);
        long[] counts = [.. steps.Select(number => state.Whole("steps", number))];
        optimizer.ContinueAfter(counts[0], counts.AsSpan(1));
        optimizer.LearningRate = rates[0];
        foreach ((ParameterGroup group, double rate) in optimizer.Groups.Zip(rates.Skip(1)))
            group.LearningRate = rate;
        if (optimizer is IMomentum momentum)
            momentum.Beta = state.Number("beta");
        foreach ((OptimizerState one, int place, Parameter parameter) in Numbers(optimizer))
            one.Set(place, state.Tensor($"{one.Name}.{parameter.Name}", parameter.Shape));
    }

    static IEnumerable<(OptimizerState State, int Place, Parameter Parameter)> Numbers(Optimizer optimizer) =>
        from state in optimizer.States
        from place in Enumerable.Range(0, optimizer.Slab.Parameters.Count)
        select (state, place, optimizer.Slab.Parameters[place]);

    static IEnumerable<Parameter> All(TrainingRun run) =>
        run.Trainer.Optimizers.SelectMany(optimizer => optimizer.Slab.Parameters);

    static string NameOf(int optimizer) => string.Create(CultureInfo.InvariantCulture, $"optimizer{optimizer}");

    static string Lines(IEnumerable<string> names) => string.Join('\n', names);
}
