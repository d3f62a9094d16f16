using System.Collections;
using System.Globalization;
using Hondo.Schedules;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>
/// Parameters that an optimizer trains with a learning rate, weight decay or schedule of their own. Give it to
/// <see cref="Optimizer.Groups"/>.
/// </summary>
public sealed class ParameterGroup
{
    readonly double? _given;

    /// <summary>A group.</summary>
    /// <param name="parameters">Its parameters, which the optimizer has too: <c>model.Body.Parameters</c>.</param>
    /// <param name="learningRate">α, from 0; the optimizer's when null.</param>
    /// <param name="weightDecay">λ, from 0, in place of that of <see cref="AdamW"/>, <see cref="L2"/> or
    /// <see cref="DecoupledDecay"/>; the same when null.</param>
    /// <exception cref="ArgumentException">There are no parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    public ParameterGroup(IEnumerable<Parameter> parameters, double? learningRate = null, double? weightDecay = null)
    {
        Parameters = [.. parameters];
        if (Parameters.Count == 0)
            throw new ArgumentException("A group needs parameters: pass those of a layer, layer.Parameters.",
                nameof(parameters));
        _given = learningRate is { } rate ? Rate.Checked(rate, "a group") : null;
        if (weightDecay is { } decay && !(decay >= 0 && double.IsFinite(decay)))
            throw new ArgumentOutOfRangeException(nameof(weightDecay), weightDecay,
                "The weight decay of a group is a number from 0, e.g. 0.01.");
        WeightDecay = weightDecay;
    }

    /// <summary>What errors call the group: the name of its first parameter when not given.</summary>
    public string Name { get => field ?? Parameters[0].Name; init; }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>λ, or null for that of the optimizer.</summary>
    public double? WeightDecay { get; }

    /// <summary>The rate in the course of training, in place of the trainer's schedule; null for the latter.</summary>
    public ISchedule? Schedule { get; init; }

    /// <summary>α, from 0: the rate of the next step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or NaN.</exception>
    public double LearningRate { get; set => field = Rate.Checked(value, "a group"); }

    /// <summary>α₀: what schedules start from.</summary>
    public double InitialLearningRate { get; private set; }

    /// <summary>
    /// True when all its parameters are frozen; <see cref="Parameter.IsTrainable"/> says it of each. Freeze a layer
    /// with running statistics by its <c>Freeze()</c>, which keeps these too.
    /// </summary>
    public bool IsFrozen
    {
        get => Parameters.All(parameter => !parameter.IsTrainable);
        set
        {
            foreach (Parameter parameter in Parameters)
                parameter.IsTrainable = !value;
        }
    }

    internal void Begin(double rateOfOptimizer) =>
        LearningRate = InitialLearningRate = _given ?? rateOfOptimizer;

    /// <summary>Name, rates and decay.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name}: {Parameters.Count} parameters, learning rate {InitialLearningRate:R}")
        + (WeightDecay is { } decay ? string.Create(CultureInfo.InvariantCulture, $", weight decay {decay:R}") : "")
        + (Schedule is null ? "" : $", {Schedule}");
}

/// <summary>The groups of an optimizer.</summary>
public sealed class ParameterGroups : IReadOnlyList<ParameterGroup>
{
    readonly Optimizer _optimizer;
    readonly List<(ParameterGroup Group, int[] Places)> _groups = [];

    internal ParameterGroups(Optimizer optimizer) => _optimizer = optimizer;

    /// <inheritdoc/>
    public int Count => _groups.Count;

    /// <inheritdoc/>
    public ParameterGroup this[int index] => _groups[index].Group;

    /// <summary>Adds a group.</summary>
    /// <exception cref="ArgumentException">The optimizer does not have a parameter of it, or another group has.
    /// </exception>
    public void Add(ParameterGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        group.Begin(_optimizer.InitialLearningRate);
        _groups.Add((group, [.. group.Parameters.Select(parameter => PlaceOf(parameter, group))]));
    }

    int PlaceOf(Parameter parameter, ParameterGroup group)
    {
        IReadOnlyList<Parameter> all = _optimizer.Slab.Parameters;
        for (int i = 0; i < all.Count; i++)
            if (all[i] == parameter)
                return _groups.Find(other => other.Places.Contains(i)).Group is not { } other ? i
                    : throw new ArgumentException($"Parameter {parameter.Name} is in group {other.Name} and in group "
                        + $"{group.Name}: put it into one of them.", nameof(group));
        throw new ArgumentException($"Parameter {parameter.Name} of group {group.Name} is not in this optimizer: make "
            + "the optimizer of model.Parameters, and groups of parts of them.", nameof(group));
    }

    /// <summary>Multiplies every first rate.</summary>
    internal void Scale(double factor)
    {
        foreach ((ParameterGroup group, _) in _groups)
            group.LearningRate = group.InitialLearningRate * factor;
    }

    /// <summary>Tells the slab what each parameter is updated with.</summary>
    internal void Prepare(bool decaysWeights)
    {
        foreach ((ParameterGroup group, int[] places) in _groups)
        {
            if (group.WeightDecay is not null && !decaysWeights)
                throw new InvalidOperationException($"Group {group.Name} has a weight decay, but "
                    + $"{_optimizer.GetType().Name} has none that it could replace: use AdamW, or add L2(0) or "
                    + "DecoupledDecay(0) to GradientTransforms.");
            foreach (int place in places)
                _optimizer.Slab.Set(place, group.LearningRate, group.WeightDecay ?? double.NaN);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<ParameterGroup> GetEnumerator() => _groups.Select(pair => pair.Group).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Learning rates.</summary>
static class Rate
{
    /// <summary>The value, finite and from 0.</summary>
    public static double Checked(double value, string of) => double.IsFinite(value) && value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value,
            $"The learning rate of {of} is a number from 0, e.g. 0.001.");
}
