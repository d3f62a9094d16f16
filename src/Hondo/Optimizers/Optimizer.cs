using System.Diagnostics;
using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>
/// Changes parameters by their gradients. All parameters lie in one slab, so that a step is one pass over it; weight
/// decay, penalties and clipping are steps of their own, in <see cref="GradientTransforms"/>.
/// </summary>
public abstract class Optimizer
{
    readonly List<OptimizerState> _states = [];
    readonly List<IUpdateStep> _before = [];
    readonly long[] _steps;
    long _stepCount;
    int _updated = -1;
    IReadOnlyList<Leaf>? _checked;

    /// <summary>An optimizer of the given parameters.</summary>
    /// <param name="parameters">What to train: <c>model.Parameters</c>.</param>
    /// <param name="learningRate">α, from 0.</param>
    /// <exception cref="ArgumentException">No parameter is trainable.</exception>
    protected Optimizer(IEnumerable<Parameter> parameters, double learningRate)
    {
        LearningRate = learningRate;
        InitialLearningRate = learningRate;
        Slab = new ParameterSlab(parameters);
        _steps = new long[Slab.Parameters.Count];
        Groups = new(this);
    }

    /// <summary>
    /// Parameters with a learning rate, weight decay or schedule of their own; those in no group follow the optimizer:
    /// <c>new AdamW(model.Parameters, 1e-3) { Groups = { new(model.Body.Parameters, learningRate: 1e-4) } }</c>.
    /// </summary>
    public ParameterGroups Groups { get; }

    /// <summary>The parameters, their values and gradients, each in one piece.</summary>
    public ParameterSlab Slab { get; }

    /// <summary>
    /// α, from 0: the rate of the next step, which a schedule may change. The rates of the groups change by the same
    /// factor. Within <see cref="Update"/> it is the rate of what is being updated.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or NaN.</exception>
    public double LearningRate
    {
        get => _updated < 0 ? field : Slab.LearningRateOf(_updated, field);
        set
        {
            field = Rate.Checked(value, GetType().Name);
            if (InitialLearningRate > 0)
                Groups?.Scale(field / InitialLearningRate);
        }
    }

    /// <summary>α₀, with which the optimizer was made: what schedules start from.</summary>
    public double InitialLearningRate { get; }

    /// <summary>
    /// Steps done so far. Within <see cref="Update"/> it is how often what is being updated was: a layer that was
    /// frozen at first begins with 1.
    /// </summary>
    public long StepCount => _updated < 0 ? _stepCount : _steps[_updated];

    /// <summary>The steps of each parameter of the slab.</summary>
    internal ReadOnlySpan<long> Steps => _steps;

    /// <summary>
    /// What is done to gradients and values before each update, in this order:
    /// <c>new Adam(model.Parameters, 0.001) { GradientTransforms = { new ClipNorm(1) } }</c>.
    /// </summary>
    public IList<IUpdateStep> GradientTransforms => _before;

    /// <summary>What the optimizer remembers between steps, by name: a checkpoint saves it.</summary>
    public IReadOnlyList<OptimizerState> States => _states;

    /// <summary>Changes every parameter once by the gradients of the last Backward.</summary>
    /// <exception cref="InvalidOperationException">
    /// There was no Backward since the last step, or it reached a parameter that no optimizer has.
    /// </exception>
    public void Step()
    {
        CheckOwnership();
        Slab.TakeGradients();
        Groups.Prepare(DecaysWeights);
        _stepCount++;
        for (int i = 0; i < _steps.Length; i++)
            _steps[i] += Slab.IsTrained(i) ? 1 : 0;
        long start = Stopwatch.GetTimestamp();
        if (Slab.DType == DType.Float64)
            Run<double>();
        else
            Run<float>();
        OpClock.Current?.Add(null, OpPass.Update, start);
    }

    /// <summary>
    /// Forgets the gradients of its parameters, those that no step has used among them: a sum of several Backwards with
    /// <see cref="BackwardOptions.Accumulate"/> then starts anew.
    /// </summary>
    public void ZeroGradients()
    {
        foreach (Parameter parameter in Slab.Parameters)
            parameter.Leaf.ZeroGradient();
    }

    void Run<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (IUpdateStep step in _before)
            step.Apply<T>(Slab, LearningRate);
        try
        {
            // Neighbours that are alike are one pass: without groups and frozen layers, all of them.
            for (int i = 0, end; i < _steps.Length; i = end)
            {
                end = EndOfPart(i);
                if (Slab.IsTrained(i))
                    UpdatePart<T>(i, end);
            }
        }
        finally
        {
            _updated = -1;
            Slab.Choose(0, _steps.Length);
        }
    }

    int EndOfPart(int first)
    {
        int end = first + 1;
        while (end < _steps.Length && Slab.IsLike(end, first) && _steps[end] == _steps[first])
            end++;
        return end;
    }

    void UpdatePart<T>(int first, int end) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        _updated = first;
        Slab.Choose(first, end);
        Update(Slab.Values<T>()[Slab.Chosen], Slab.Gradients<T>()[Slab.Chosen]);
        Slab.Choose(0, _steps.Length);
    }

    // The list of reached parameters is made once for a recording: the same list needs no second look.
    void CheckOwnership()
    {
        if (Tape.Active is not { } tape || ReferenceEquals(tape.ReachedLeaves, _checked))
            return;
        ForgottenParameter.Check(tape);
        _checked = tape.ReachedLeaves;
    }

    /// <summary>
    /// The optimizer's formula, over all numbers at once. <see cref="StepCount"/> is 1 in the first step.
    /// </summary>
    protected abstract void Update<T>(Span<T> values, ReadOnlySpan<T> gradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Adds numbers to remember between steps, one for each number of the slab.</summary>
    protected OptimizerState AddState(string name, double start = 0)
    {
        var state = new OptimizerState(name, Slab, start);
        _states.Add(state);
        return state;
    }

    /// <summary>Continues a run after that many steps; the states are restored one by one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public void ContinueAfter(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        _stepCount = steps;
        Array.Fill(_steps, steps);
    }

    /// <summary>Continues a run in which some parameters were frozen at times.</summary>
    internal void ContinueAfter(long steps, ReadOnlySpan<long> each)
    {
        ContinueAfter(steps);
        each.CopyTo(_steps);
    }

    /// <summary>True when there is a weight decay, whose λ a group may replace.</summary>
    private protected virtual bool DecaysWeights => _before.Exists(static step => step is IWeightDecay);

    /// <summary>Starts the C# call that makes this optimizer, with its rate.</summary>
    private protected CallWriter Call(string name) =>
        new CallWriter(name).Add("learningRate", InitialLearningRate, double.NaN);

    /// <summary>Ends it with the steps before each update.</summary>
    private protected string End(CallWriter call) =>
        (_before.Count == 0 ? call : call.Add("before", GradientTransforms, null)).ToString();
}
