namespace Hondo.Tensors;

/// <summary>The calls of one kind of step, in order; a tape keeps one for each shape of input and each mode.</summary>
sealed class Recording(Tape tape, Arena arena, Mode mode)
{
    // A step that makes more losses small than that has its plans made anew.
    const int MostPlans = 8;

    readonly List<Call> _calls = [];
    readonly List<BackwardPlan> _plans = [];
    BackwardPlan? _plan;

    public Mode Mode => mode;

    /// <summary>How many calls this step has made so far.</summary>
    public int Position { get; private set; }

    /// <summary>The calls that this step has made.</summary>
    public ReadOnlySpan<Call> Calls => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_calls)[..Position];

    /// <summary>The parameters that the last Backward reached.</summary>
    public IReadOnlyList<Leaf> ReachedLeaves => _plan?.Leaves ?? [];

    public Recording Rewound()
    {
        Position = 0;
        return this;
    }

    public bool StartsWith<TOp>(in TOp op, ReadOnlySpan<Node> operands) where TOp : struct, IOp, IEquatable<TOp> =>
        _calls.Count > 0 && _calls[0] is Call<TOp> first && first.IsSameAs(op, operands);

    public bool StartsWithInput(Shape shape, DType type) =>
        _calls.Count > 0 && _calls[0] is InputCall first && first.Shape == shape && first.Type == type;

    /// <summary>The call that stood at this position the last time, or null.</summary>
    public Call? Known => Position < _calls.Count ? _calls[Position] : null;

    /// <summary>Goes on with <see cref="Known"/>.</summary>
    public TCall Take<TCall>(TCall known) where TCall : Call
    {
        Position++;
        return known;
    }

    /// <summary>The call at this position if it is the same, else null.</summary>
    public Call<TOp>? Replay<TOp>(in TOp op, ReadOnlySpan<Node> operands) where TOp : struct, IOp, IEquatable<TOp>
    {
        if (Known is not Call<TOp> known || !known.IsSameAs(op, operands))
            return null;
        return Take(known);
    }

    public InputCall? ReplayInput(Shape shape, DType type)
    {
        if (Known is not InputCall known || known.Shape != shape || known.Type != type)
            return null;
        return Take(known);
    }

    public InputCall RecordInput(Shape shape, DType type) =>
        Put(new InputCall(shape, type, tape) { LayerPath = LayerScope.Current.Label });

    public Call<TOp> Record<TOp>(in TOp op, ReadOnlySpan<Node> operands) where TOp : struct, IOp, IEquatable<TOp>
    {
        Truncate(Position);
        (Shape shape, DType type, int memo) = Eager.Infer(op, operands);
        bool needsGradient = TOp.StartsGradients, isOfGradient = false;
        foreach (Node node in operands)
        {
            needsGradient |= node.NeedsGradient;
            isOfGradient |= node.IsOfGradient;
        }
        needsGradient &= type.IsFloating && !TOp.StopsGradients;
        var call = new Call<TOp>(op, operands.ToArray(), shape, type, needsGradient, tape,
            memo == 0 ? default : arena.Rent(memo))
        {
            LayerPath = LayerScope.Current.Label,
            ComesOfGradient = isOfGradient && !TOp.StopsGradients,
        };
        return Append(call, TOp.SharesMemory ? operands[0].Value : arena.Rent(Block.BytesOf(shape, type)));
    }

    /// <summary>Puts a call of another kind here.</summary>
    public TCall Put<TCall>(TCall call) where TCall : Call
    {
        Truncate(Position);
        return Append(call, arena.Rent(Block.BytesOf(call.Shape, call.Type)));
    }

    TCall Append<TCall>(TCall call, Block value) where TCall : Call
    {
        call.Value = value;
        _calls.Add(call);
        Position++;
        return call;
    }

    /// <summary>Forgets the calls from a position on, and gives their memory back.</summary>
    public void Truncate(int from)
    {
        if (from >= _calls.Count)
            return;
        ForgetPlans();
        for (int i = from; i < _calls.Count; i++)
        {
            if (!_calls[i].SharesMemory)
                arena.Return(_calls[i].Value);
            arena.Return(_calls[i].Memo);
        }
        _calls.RemoveRange(from, _calls.Count - from);
    }

    public void Backward(Call loss, BackwardOptions options, in StepInfo step)
    {
        bool keepAll = (options & BackwardOptions.KeepAll) != 0;
        if (_plan is null || !_plan.Fits(loss, keepAll))
            Choose(loss, keepAll);
        _plan!.Run(step, (options & BackwardOptions.Accumulate) != 0);
    }

    // A step with several losses (of several optimizers) goes back by each of them: a plan for each.
    void Choose(Call loss, bool keepAll)
    {
        _plan = null;
        foreach (BackwardPlan plan in _plans)
            if (plan.Fits(loss, keepAll))
                _plan = plan;
        if (_plan is null)
        {
            if (_plans.Count == MostPlans)
                ForgetPlans();
            _plans.Add(_plan = new BackwardPlan(Calls, loss, keepAll, arena));
        }
        _plan.Take();
    }

    void ForgetPlans()
    {
        foreach (BackwardPlan plan in _plans)
            plan.ReturnTo(arena);
        _plans.Clear();
        _plan = null;
    }
}

/// <summary>Numbers with a shape, and where their gradient goes.</summary>
abstract class Node(Shape shape, DType type, bool needsGradient, Tape? tape)
{
    public Shape Shape { get; } = shape;

    public DType Type { get; } = type;

    public bool NeedsGradient { get; } = needsGradient;

    /// <summary>The tape that reuses this node's memory, or null when the memory is this node's own.</summary>
    public Tape? Tape { get; } = tape;

    public Block Value { get; set; }

    public Block Gradient { get; set; }

    /// <summary>True when <see cref="Gradient"/> still holds this node's gradient after Backward.</summary>
    public bool KeepsGradient { get; set; }

    /// <summary>The path of the layer that made this node, for errors and diagnosis.</summary>
    public string? LayerPath { get; init; }

    /// <summary>
    /// True when it was computed in an open step from a gradient that was read in the same step. Such a gradient is a
    /// number of its own: Backward cannot go through it.
    /// </summary>
    public virtual bool IsOfGradient => false;

    public abstract string Name { get; }

    public abstract ReadOnlySpan<Node> Inputs { get; }
}
