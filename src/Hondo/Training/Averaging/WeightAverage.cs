using System.Globalization;
using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Layers;
using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>
/// Averages the weights over the steps of a training: the dev part is measured with the average, the best epoch is
/// chosen by it, and it is what is saved and given back, while the steps go on from the weights themselves. Give it to
/// the trainer before callbacks that keep weights.
/// </summary>
/// <param name="rule">How: <see cref="Ema"/> or <see cref="Swa"/>.</param>
public sealed class WeightAverage(IWeightAverage rule) : Callback, IResumable
{
    readonly NormStatistics _statistics = new();
    OptimizerState? _average;
    double[][] _states = [];
    long _updates, _step;
    bool _isInModel;

    /// <summary>How many weights the average is of.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A callback before this one keeps weights, or training ends before
    /// the first weights count.</exception>
    protected internal override void OnTrainBegin(TrainingRun run)
    {
        if (run.Trainer.Callbacks.TakeWhile(one => one != this)
            .FirstOrDefault(one => one is IKeepsBest) is { } keeper)
            throw new InvalidOperationException($"{keeper.GetType().Name} stands before WeightAverage and would give "
                + "its weights back before the average comes: list WeightAverage first.");
        if (rule is Swa swa && swa.Start > run.Epochs)
            throw new InvalidOperationException($"{swa} averages nothing: training ends after epoch {run.Epochs}. Make "
                + "its start smaller.");
        (Count, _step, _isInModel, _updates) = (0, run.Step, false, run.Optimizer.StepCount);
        _average = new("average", run.Optimizer.Slab, 0);
        _states = [.. run.Model.States.Select(state => state.Value.ToArray<double>())];
    }

    /// <inheritdoc/>
    protected internal override void OnEpochBegin(TrainingRun run)
    {
        if (_isInModel)
            Exchange(run);
    }

    /// <inheritdoc/>
    protected internal override void OnStepEnd(TrainingRun run)
    {
        if (run.Optimizer.StepCount == _updates)
            return;
        bool counts = rule.Counts(run, _step);
        (_updates, _step) = (run.Optimizer.StepCount, run.Step);
        if (!counts)
            return;
        double share = rule.Share(++Count);
        if (run.Optimizer.Slab.DType == DType.Float64)
            Updates.Run(new Move(share), _average!.Values<double>(), run.Optimizer.Slab.Values<double>());
        else
            Updates.Run(new Move(share), _average!.Values<float>(), run.Optimizer.Slab.Values<float>());
        for (int i = 0; i < _states.Length; i++)
            Follow(run.Model.States[i], _states[i], share);
    }

    /// <inheritdoc/>
    protected internal override void OnEvaluate(TrainingRun run) => Use(run);

    /// <inheritdoc/>
    protected internal override void OnTrainEnd(TrainingRun run) => Use(run);

    void Use(TrainingRun run)
    {
        if (_isInModel || Count == 0)
            return;
        Exchange(run);
        if (rule.MeasuresStatistics)
            _statistics.Measure(run);
    }

    // The model's numbers and the kept ones change places: a checkpoint holds both, wherever each is.
    void Exchange(TrainingRun run)
    {
        ParameterSlab slab = run.Optimizer.Slab;
        if (slab.DType == DType.Float64)
            Exchange(slab.Values<double>(), _average!.Values<double>());
        else
            Exchange(slab.Values<float>(), _average!.Values<float>());
        for (int i = 0; i < _states.Length; i++)
        {
            double[] now = run.Model.States[i].Value.ToArray<double>();
            NormStatistics.Set(run.Model.States[i], _states[i]);
            _states[i] = now;
        }
        _isInModel = !_isInModel;
    }

    static void Exchange<T>(Span<T> a, Span<T> b)
    {
        T[] kept = a.ToArray();
        b.CopyTo(a);
        kept.CopyTo(b);
    }

    static void Follow(State state, double[] average, double share)
    {
        if (state.DType == DType.Float64)
            Follow(state.Values<double>(), average, share);
        else
            Follow(state.Values<float>(), average, share);
    }

    static void Follow<T>(ReadOnlySpan<T> now, double[] average, double share)
        where T : System.Numerics.INumberBase<T>
    {
        for (int i = 0; i < average.Length; i++)
            average[i] += share * (double.CreateTruncating(now[i]) - average[i]);
    }

    /// <inheritdoc/>
    public void Save(RunState state)
    {
        state.Set("rule", rule.ToString()!);
        state.Set("place", [Count, _updates, _step, _isInModel ? 1 : 0]);
        IReadOnlyList<Parameter> parameters = _average!.Parameters;
        for (int i = 0; i < parameters.Count; i++)
            state.Of("average").Set(parameters[i].Name, _average.Get(i));
        for (int i = 0; i < _states.Length; i++)
            state.Of("states").Set(NameOf(i), _states[i]);
    }

    /// <inheritdoc/>
    public void Load(TrainingRun run, RunState state)
    {
        state.Expect("rule", rule.ToString()!);
        double[] place = state.Numbers("place", 4);
        long[] counts = [.. place.Select(number => state.Whole("place", number))];
        (Count, _updates, _step, _isInModel) = (counts[0], counts[1], counts[2], counts[3] != 0);
        IReadOnlyList<Parameter> parameters = _average!.Parameters;
        for (int i = 0; i < parameters.Count; i++)
            _average.Set(i, state.Of("average").Tensor(parameters[i].Name, parameters[i].Shape));
        for (int i = 0; i < _states.Length; i++)
            _states[i] = state.Of("states").Numbers(NameOf(i), _states[i].Length);
    }

    static string NameOf(int state) => state.ToString(CultureInfo.InvariantCulture);

    readonly struct Move(double share) : IUpdate
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g) where V : struct, ILanes<V> => w += V.Create(share) * (g - w);
    }
}
