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
    }

    /// <summary>The parameters, their values and gradients, each in one piece.</summary>
    public ParameterSlab Slab { get; }

    /// <summary>α, from 0: the rate of the next step, which a schedule may change.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or NaN.</exception>
    public double LearningRate
    {
        get;
        set => field = double.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value,
                $"The learning rate of {GetType().Name} is a number from 0, e.g. 0.001.");
    }

    /// <summary>α₀, with which the optimizer was made: what schedules start from.</summary>
    public double InitialLearningRate { get; }

    /// <summary>Steps done so far.</summary>
    public long StepCount { get; private set; }

    /// <summary>
    /// What is done to gradients and values before each update, in this order:
    /// <c>new Adam(model.Parameters, 0.001) { Before = { new ClipNorm(1), new L2(1e-4) } }</c>.
    /// </summary>
    public IList<IUpdateStep> GradientTransforms => _before;

    readonly List<IUpdateStep> _before = [];

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
        StepCount++;
        if (Slab.DType == DType.Float64)
            Run<double>();
        else
            Run<float>();
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
        Update(Slab.Values<T>(), Slab.Gradients<T>());
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
        StepCount = steps;
    }

    /// <summary>Starts the C# call that makes this optimizer, with its rate.</summary>
    private protected CallWriter Call(string name) =>
        new CallWriter(name).Add("learningRate", InitialLearningRate, double.NaN);

    /// <summary>Ends it with the steps before each update.</summary>
    private protected string End(CallWriter call) =>
        (_before.Count == 0 ? call : call.Add("before", GradientTransforms, null)).ToString();
}
