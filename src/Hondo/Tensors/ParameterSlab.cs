using System.Numerics;

namespace Hondo.Tensors;

/// <summary>
/// The numbers of many parameters in one piece, and their gradients in another: an optimizer, a norm or an all-reduce
/// is then one pass. Making a slab moves the parameters' memory into it.
/// </summary>
public sealed class ParameterSlab
{
    readonly Block _values, _gradients;
    readonly Range[] _ranges;
    readonly double[] _rates, _decays;
    (int First, int End) _part;

    /// <summary>Moves parameters into one slab, those that are frozen now among them.</summary>
    /// <exception cref="ArgumentException">There are none, or they are of several types.</exception>
    public ParameterSlab(IEnumerable<Parameter> parameters)
    {
        Parameters = [.. parameters];
        if (Parameters.Count == 0)
            throw new ArgumentException("There are no parameters here: pass model.Parameters.", nameof(parameters));
        DType = Parameters[0].DType;
        _ranges = new Range[Parameters.Count];
        (_rates, _decays) = (new double[Parameters.Count], new double[Parameters.Count]);
        Array.Fill(_rates, double.NaN);
        Array.Fill(_decays, double.NaN);
        _part = (0, Parameters.Count);
        int length = 0;
        for (int i = 0; i < _ranges.Length; i++)
        {
            Check(Parameters[i]);
            int bytes = Parameters[i].Leaf.Value.Length;
            _ranges[i] = new(length / DType.Size, (length + bytes) / DType.Size);
            length = Block.RoundUp(bytes) is var more && more <= Block.MostBytes - length ? length + more
                : throw new ArgumentException($"The parameters up to {Parameters[i].Name} take more than "
                    + $"{Block.MostBytes} bytes, the most that one optimizer holds: give it fewer of them, or make the "
                    + "layers smaller.", nameof(parameters));
        }
        Length = length / DType.Size;
        _values = Block.Allocate(length);
        _gradients = Block.Allocate(length);
        _values.Bytes.Clear();
        _gradients.Bytes.Clear();
        for (int i = 0; i < _ranges.Length; i++)
            Move(Parameters[i], _ranges[i].Start.Value * DType.Size);
    }

    /// <summary>The parameters, in slab order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The type of all numbers.</summary>
    public DType DType { get; }

    /// <summary>Numbers in the slab, the zeros between parameters included.</summary>
    public int Length { get; }

    /// <summary>All values; each parameter starts on a 64-byte boundary, zeros lie between.</summary>
    public Span<T> Values<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> => _values.As<T>();

    /// <summary>All gradients, laid out as the values.</summary>
    public Span<T> Gradients<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> => _gradients.As<T>();

    /// <summary>Where a parameter's numbers lie.</summary>
    public Range RangeOf(int parameter) => _ranges[parameter];

    /// <summary>True for a parameter that is not frozen and belongs to what is being updated.</summary>
    public bool IsTrained(int parameter) =>
        parameter >= _part.First && parameter < _part.End && Parameters[parameter].IsTrainable;

    /// <summary>The learning rate of a parameter: that of its group, if it has one.</summary>
    /// <param name="parameter">Its place in the slab.</param>
    /// <param name="otherwise">The optimizer's.</param>
    public double LearningRateOf(int parameter, double otherwise) => Given(_rates[parameter], otherwise);

    /// <summary>The weight decay λ of a parameter: that of its group, if it gives one.</summary>
    /// <param name="parameter">Its place in the slab.</param>
    /// <param name="otherwise">The optimizer's.</param>
    public double WeightDecayOf(int parameter, double otherwise) => Given(_decays[parameter], otherwise);

    static double Given(double own, double otherwise) => double.IsNaN(own) ? otherwise : own;

    /// <summary>Sets what a group says of one of its parameters; NaN for what it does not say.</summary>
    internal void Set(int parameter, double learningRate, double weightDecay) =>
        (_rates[parameter], _decays[parameter]) = (learningRate, weightDecay);

    /// <summary>True when two parameters are updated by the same rate and decay, or are both frozen.</summary>
    internal bool IsLike(int i, int other) => _rates[i].Equals(_rates[other]) && _decays[i].Equals(_decays[other])
        && Parameters[i].IsTrainable == Parameters[other].IsTrainable;

    /// <summary>Limits what is updated to some parameters.</summary>
    internal void Choose(int first, int end) => _part = (first, end);

    /// <summary>Where the numbers of the chosen parameters lie.</summary>
    internal Range Chosen => new(_part.First == 0 ? 0 : _ranges[_part.First].Start,
        _part.End == Parameters.Count ? Length : _ranges[_part.End].Start);

    /// <summary>
    /// Says that the gradients are about to be used: clears those that no Backward reached since the last time.
    /// </summary>
    /// <exception cref="InvalidOperationException">No Backward reached any.</exception>
    public void TakeGradients()
    {
        bool any = false, isFrozen = true;
        for (int i = 0; i < Parameters.Count; i++)
        {
            if (Parameters[i].IsTrainable && Parameters[i].Slab != this)
                throw Lost(Parameters[i]);
            Leaf leaf = Parameters[i].Leaf;
            isFrozen &= !Parameters[i].IsTrainable;
            any |= leaf.HasFreshGradient;
            if (leaf is { HasFreshGradient: true, ReachedBy: { } plan })
                plan.UsedRun = Math.Max(plan.UsedRun, leaf.ReachedRun);
            if (!leaf.HasFreshGradient && Parameters[i].Slab == this)
                leaf.Gradient.Bytes.Clear();
            leaf.HasFreshGradient = false;
        }
        if (isFrozen)
            throw new InvalidOperationException("All parameters of this optimizer are frozen, so its Step has nothing "
                + "to change: Unfreeze() a layer of the model first.");
        if (!any)
            throw new InvalidOperationException(
                "The optimizer's Step found no new gradient: call loss.Backward() before it, "
                + "and compute the loss from the model that this optimizer was made for.");
    }

    static InvalidOperationException Lost(Parameter parameter) => new($"Parameter {parameter.Name} " + (
        parameter.Slab is null
            ? $"was converted to {parameter.DType} after its optimizer was made: make the optimizer anew."
            : "now belongs to another optimizer: give each parameter to one optimizer only."));

    void Check(Parameter parameter)
    {
        if (parameter.DType != DType)
            throw new ArgumentException(
                $"Parameter {parameter.Name} holds {parameter.DType}, but {Parameters[0].Name} holds "
                + $"{DType}: one optimizer works on one type.");
        if (Parameters.Count(p => p == parameter) > 1)
            throw new ArgumentException($"Parameter {parameter.Name} is listed twice.");
    }

    void Move(Parameter parameter, int offset)
    {
        Leaf leaf = parameter.Leaf;
        Block value = _values.Slice(offset, leaf.Value.Length), gradient = _gradients.Slice(offset, leaf.Value.Length);
        leaf.Value.Bytes.CopyTo(value.Bytes);
        leaf.Gradient.Bytes.CopyTo(gradient.Bytes);
        (leaf.Value, leaf.Gradient) = (value, gradient);
        parameter.Slab = this;
    }
}
