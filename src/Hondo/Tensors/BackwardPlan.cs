using System.Diagnostics;

namespace Hondo.Tensors;

/// <summary>
/// Which calls to run in reverse for a loss, and in which memory their gradients lie. Made once for a recording: a
/// gradient's memory is free again as soon as its call's Backward is done, and is shared by those that come later.
/// </summary>
sealed class BackwardPlan
{
    // An operand that another call has sent a gradient to, and a leaf that none has.
    const byte Known = 1, First = 2;

    readonly List<Entry> _entries = [];
    readonly List<Block> _blocks = [];
    readonly List<(Node Node, Block Gradient)> _given = [];
    readonly Call _loss;
    readonly bool _keepAll;

    public BackwardPlan(ReadOnlySpan<Call> calls, Call loss, bool keepAll, Arena arena)
    {
        (_loss, _keepAll) = (loss, keepAll);
        var reached = new HashSet<Node> { loss };
        var free = new Dictionary<int, Stack<Block>>();
        GiveGradient(loss, free, arena);
        for (int i = calls.Length - 1; i >= 0; i--)
            if (calls[i].NeedsGradient && reached.Contains(calls[i]))
                Add(calls[i], reached, free, arena);
    }

    /// <summary>How often it ran.</summary>
    public long Runs { get; private set; }

    /// <summary>The last of its runs by whose gradients an optimizer has made a step.</summary>
    public long UsedRun { get; set; }

    /// <summary>The parameters that the loss depends on.</summary>
    public List<Leaf> Leaves { get; } = [];

    public bool Fits(Call loss, bool keepAll) => ReferenceEquals(loss, _loss) && keepAll == _keepAll;

    void Add(Call call, HashSet<Node> reached, Dictionary<int, Stack<Block>> free, Arena arena)
    {
        uint adds = 0, leaves = 0;
        ReadOnlySpan<Node> inputs = call.Inputs;
        byte[]? wide = inputs.Length < 32 ? null : new byte[inputs.Length];
        if (_keepAll && call.HasOwnTape)
            throw new NotSupportedException("Backward(KeepAll) keeps the gradients of intermediate results, but those "
                + "behind a Tape.Gradient are no tensors of the step. Call Backward without it.");
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].IsOfGradient)
                throw GradientOrigin.Error(inputs[i]);
            if (!inputs[i].NeedsGradient)
                continue;
            uint bit = 1u << Math.Min(i, 31);
            if (!reached.Add(inputs[i]))
            {
                adds |= bit;
                Mark(wide, i, Known);
            }
            else if (inputs[i] is Leaf leaf)
            {
                leaves |= bit;
                Mark(wide, i, First);
                Leaves.Add(leaf);
            }
            else
                GiveGradient(inputs[i], free, arena);
        }
        if (inputs.Length > 0)
            _entries.Add(new(call, adds, leaves, wide));
        if (!Keeps(call))
            Push(free, call.Gradient);
    }

    void GiveGradient(Node node, Dictionary<int, Stack<Block>> free, Arena arena)
    {
        int size = Block.RoundUp(node.Value.Length);
        if (!Keeps(node) && free.TryGetValue(size, out Stack<Block>? blocks) && blocks.TryPop(out Block block))
        {
            node.Gradient = block.Slice(0, node.Value.Length);
        }
        else
        {
            node.Gradient = arena.Rent(node.Value.Length);
            _blocks.Add(node.Gradient);
        }
        _given.Add((node, node.Gradient));
    }

    bool Keeps(Node node) => _keepAll || node is Call<Watch>;

    /// <summary>Gives every node the memory of its gradient, which another loss of the step has its own for.</summary>
    public void Take()
    {
        foreach ((Node node, Block gradient) in _given)
            (node.Gradient, node.KeepsGradient) = (gradient, Keeps(node));
    }

    static void Push(Dictionary<int, Stack<Block>> free, Block block)
    {
        int size = Block.RoundUp(block.Length);
        if (!free.TryGetValue(size, out Stack<Block>? blocks))
            free[size] = blocks = [];
        blocks.Push(block.Slice(0, size));
    }

    public void Run(in StepInfo step, bool accumulate)
    {
        if (_loss.Type == DType.Float64)
            _loss.Gradient.As<double>()[0] = 1;
        else
            _loss.Gradient.As<float>()[0] = 1;
        OpClock? clock = OpClock.Current;
        foreach (Entry entry in _entries)
        {
            long start = clock is null ? 0 : Stopwatch.GetTimestamp();
            uint adds = entry.Wide is not null ? ClearedWide(entry, accumulate)
                : Cleared(entry, entry.Adds | (accumulate ? FreshLeaves(entry) : 0));
            entry.Call.RunBackward(step, adds);
            clock?.Add(entry.Call, OpPass.Backward, start);
        }
        Runs++;
        foreach (Leaf leaf in Leaves)
            (leaf.HasFreshGradient, leaf.ReachedBy, leaf.ReachedRun) = (true, this, Runs);
    }

    // What another loss has left after its own optimizer's step is not a part of this one's sum.
    bool Adds(Leaf leaf) => leaf.HasFreshGradient && (ReferenceEquals(leaf.ReachedBy, this) || !leaf.IsLeftOver);

    uint FreshLeaves(in Entry entry)
    {
        uint fresh = 0;
        ReadOnlySpan<Node> inputs = entry.Call.Inputs;
        for (int i = 0; i < inputs.Length; i++)
            if ((entry.Leaves >> Math.Min(i, 31) & 1) != 0 && inputs[i] is Leaf leaf && Adds(leaf))
                fresh |= 1u << Math.Min(i, 31);
        return fresh;
    }

    // A mask has a bit for each of 31 operands; more than that are cleared one by one, and then added to.
    uint ClearedWide(in Entry entry, bool accumulate)
    {
        ReadOnlySpan<Node> inputs = entry.Call.Inputs;
        for (int i = 0; i < inputs.Length; i++)
            if (inputs[i].NeedsGradient && entry.Wide![i] != Known
                && !(accumulate && entry.Wide[i] == First && inputs[i] is Leaf leaf && Adds(leaf)))
                inputs[i].Gradient.Bytes.Clear();
        return uint.MaxValue;
    }

    static void Mark(byte[]? wide, int i, byte what)
    {
        if (wide is not null)
            wide[i] = what;
    }

    /// <summary>Clears what an op that only adds would add to.</summary>
    static uint Cleared(in Entry entry, uint adds)
    {
        if (entry.Call.OverwritesGradients)
            return adds;
        ReadOnlySpan<Node> inputs = entry.Call.Inputs;
        for (int i = 0; i < inputs.Length; i++)
            if (inputs[i].NeedsGradient && (adds >> Math.Min(i, 31) & 1) == 0)
                inputs[i].Gradient.Bytes.Clear();
        return uint.MaxValue;
    }

    public void ReturnTo(Arena arena)
    {
        foreach (Block block in _blocks)
            arena.Return(block);
        foreach ((Node node, _) in _given)
            node.KeepsGradient = false;
    }

    // Wide: what each of many operands is; null for fewer than 32.
    readonly record struct Entry(Call Call, uint Adds, uint Leaves, byte[]? Wide);
}
