using Hondo.Tensors;

namespace Hondo.Autograd;

/// <summary>
/// ∂y/∂x as a node. Its value comes by reverse differentiation of the calls between x and y, applied again on a tape of
/// its own. Backward through it, for a gradient v of its value, is the derivative of vᵀ·∂y/∂x, and so the derivative of
/// all gradients of y in the direction v of x: forward differentiation over that reverse pass (Pearlmutter 1994, "Fast
/// exact multiplication by the Hessian").
/// </summary>
sealed class GradientCall : Call
{
    readonly Call _y;
    readonly Node _x;
    readonly Call[] _path;
    readonly Node[] _sources;
    readonly bool _isDifferentiable;
    readonly Tape _tape;
    readonly Dictionary<Node, Tensor> _again = [];
    Tensor[] _operands = new Tensor[8];
    Sweeps? _sweeps;

    public GradientCall(Call y, Node x, ReadOnlySpan<Call> calls, bool isDifferentiable)
        : base(x.Shape, x.Type, isDifferentiable, y.Tape!, default)
    {
        (_y, _x, _isDifferentiable) = (y, x, isDifferentiable);
        ComesOfGradient = !isDifferentiable;
        _tape = new(isStrict: isDifferentiable);
        (_path, _sources) = GradientPath.Between(y, x, calls, isDifferentiable);
    }

    public override string Name => "Gradient";

    public override ReadOnlySpan<Node> Inputs => _isDifferentiable ? _sources : [];

    public override bool OverwritesGradients => false;

    public override bool HasOwnTape => true;

    // The ops on its own tape count theirs.
    public override long MultiplyAdds => 0;

    public bool Fits(Call y, Node x, bool isDifferentiable) =>
        ReferenceEquals(y, _y) && ReferenceEquals(x, _x) && isDifferentiable == _isDifferentiable;

    public override void Run(in StepInfo step)
    {
        Node y = Again(step);
        if (_sweeps is null || !_sweeps.Fits(y, _tape.Recording!.Calls))
            _sweeps = new(y, _x, _sources, [.. _tape.Recording!.Calls]);
        _sweeps.Gradients(step).Bytes.CopyTo(Value.Bytes);
    }

    // The calls between, as ops that know their derivatives of second order.
    Node Again(in StepInfo step)
    {
        using Tape.Scope scope = _tape.Open(step);
        _again.Clear();
        foreach (Call call in _path)
        {
            ReadOnlySpan<Node> inputs = call.Inputs;
            if (_operands.Length < inputs.Length)
                _operands = new Tensor[inputs.Length];
            for (int i = 0; i < inputs.Length; i++)
                _operands[i] = _again.TryGetValue(inputs[i], out Tensor known) ? known
                    : new(inputs[i], inputs[i].Tape?.StepNumber ?? 0);
            _again[call] = call.Reapply(_operands.AsSpan(0, inputs.Length));
        }
        return _again[_y].Node;
    }

    public override void RunBackward(in StepInfo step, uint accumulates)
    {
        _sweeps!.InDirection(step, Gradient);
        foreach (Node source in _sources)
            if (source.Type == DType.Float64)
                Add<double>(source);
            else
                Add<float>(source);
    }

    void Add<T>(Node source) where T : unmanaged, System.Numerics.INumber<T>
    {
        ReadOnlySpan<T> part = _sweeps!.DerivativeOf(source).As<T>();
        Span<T> into = source.Gradient.As<T>();
        for (int i = 0; i < into.Length; i++)
            into[i] += part[i];
    }

    public override Tensor Reapply(ReadOnlySpan<Tensor> operands) => throw new NotSupportedException(
        "Tape.Gradient cannot go through another Tape.Gradient: with a graph that would be a derivative of third "
        + "order. For one of second order call Backward() on the number, and read the gradient of x.");
}

/// <summary>The calls that lead from x and other sources to y.</summary>
static class GradientPath
{
    public static (Call[] Path, Node[] Sources) Between(Call y, Node x, ReadOnlySpan<Call> calls,
        bool isDifferentiable)
    {
        HashSet<Node> wanted = [y], sources = [];
        List<Call> path = [];
        HashSet<Node> ofX = [x];
        foreach (Call call in calls)
            foreach (Node input in call.Inputs)
                if (ofX.Contains(input) && call.NeedsGradient)
                    ofX.Add(call);
        if (!ofX.Contains(y) || ReferenceEquals(x, y))
            throw new InvalidOperationException($"This {y.Name} {y.Shape} does not depend on the {x.Name} {x.Shape} "
                + "that Tape.Gradient is to differentiate by. Is x the tensor that Tape.Watch returned?");
        for (int i = calls.Length - 1; i >= 0; i--)
            if (wanted.Contains(calls[i]))
                Add(calls[i], x, ofX, wanted, sources, path, isDifferentiable);
        path.Reverse();
        return ([.. path], [.. sources]);
    }

    static void Add(Call call, Node x, HashSet<Node> ofX, HashSet<Node> wanted, HashSet<Node> sources, List<Call> path,
        bool isDifferentiable)
    {
        bool isWatched = call is Call<Watch>;
        if (isDifferentiable && isWatched && ofX.Contains(call) && !ReferenceEquals(call, x))
            throw new NotSupportedException("A watched tensor lies between x and y: its own gradient would lack what "
                + "comes through Tape.Gradient. Watch only what nothing watched leads to.");
        path.Add(call);
        foreach (Node input in call.Inputs)
        {
            if (input.IsOfGradient)
                throw GradientOrigin.Error(input);
            if (!input.NeedsGradient)
                continue;
            if (input is not Call inner || ReferenceEquals(input, x) || (input is Call<Watch> && !ofX.Contains(input)))
                sources.Add(input);
            else
                wanted.Add(inner);
        }
    }
}
