using Hondo.Tensors;

namespace Hondo.Autograd;

/// <summary>
/// The passes over some calls from x to y: one in reverse for the gradients of y, one forward for the tangents of a
/// direction, and one in reverse for the tangents of the gradients.
/// </summary>
sealed class Sweeps
{
    readonly Node _y, _x;
    readonly Call[] _calls;
    readonly Block[] _values;
    readonly Dictionary<Node, Twin> _twins = [];
    readonly List<CallDerivatives> _derivatives = [];

    public Sweeps(Node y, Node x, Node[] sources, Call[] calls)
    {
        (_y, _x, _calls) = (y, x, calls);
        foreach (Node source in sources)
            _twins[source] = new(source);
        _twins.TryAdd(x, new(x));
        _twins[x].Move();
        foreach (Call call in calls)
            if (call.NeedsGradient && IsReached(call))
                Add(call);
        _values = [.. Captured()];
    }

    bool IsReached(Call call)
    {
        foreach (Node input in call.Inputs)
            if (_twins.ContainsKey(input))
                return true;
        return false;
    }

    void Add(Call call)
    {
        var twin = new Twin(call);
        foreach (Node input in call.Inputs)
            if (_twins.TryGetValue(input, out Twin? moved) && !moved.Tangent.IsEmpty)
            {
                twin.Move();
                break;
            }
        _twins.Add(call, twin);
        _derivatives.Add(CallDerivatives.Of(call, twin, _twins.GetValueOrDefault));
    }

    // Where the numbers lie: an optimizer made since may have moved a parameter.
    IEnumerable<Block> Captured() => _calls.SelectMany(call => call.Inputs.ToArray(), (_, input) => input.Value);

    /// <summary>True while the calls and their memory are the same.</summary>
    public bool Fits(Node y, ReadOnlySpan<Call> calls)
    {
        if (!ReferenceEquals(y, _y) || calls.Length != _calls.Length)
            return false;
        int place = 0;
        for (int i = 0; i < calls.Length; i++)
        {
            if (!ReferenceEquals(calls[i], _calls[i]))
                return false;
            foreach (Node input in calls[i].Inputs)
                if (!input.Value.IsSameAs(_values[place++]))
                    return false;
        }
        return true;
    }

    /// <summary>∂y/∂x; the gradients of all nodes stay for the other passes.</summary>
    public Block Gradients(in StepInfo step)
    {
        foreach (Twin twin in _twins.Values)
            twin.Gradient.Bytes.Clear();
        if (_y.Type == DType.Float64)
            _twins[_y].Gradient.As<double>()[0] = 1;
        else
            _twins[_y].Gradient.As<float>()[0] = 1;
        for (int i = _derivatives.Count - 1; i >= 0; i--)
            _derivatives[i].Backward(step);
        return _twins[_x].Gradient;
    }

    /// <summary>The derivatives of all gradients in a direction of x.</summary>
    public void InDirection(in StepInfo step, Block direction)
    {
        foreach (Twin twin in _twins.Values)
            twin.GradientTangent.Bytes.Clear();
        direction.Bytes.CopyTo(_twins[_x].Tangent.Bytes);
        foreach (CallDerivatives call in _derivatives)
            call.Tangent(step);
        for (int i = _derivatives.Count - 1; i >= 0; i--)
            _derivatives[i].BackwardTangent(step);
    }

    /// <summary>What <see cref="InDirection"/> found for a source.</summary>
    public Block DerivativeOf(Node source) => _twins[source].GradientTangent;
}
