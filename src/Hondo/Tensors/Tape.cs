using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hondo.Tensors;

/// <summary>
/// Records the ops of a step so that Backward can run them in reverse. In the next step the k-th call is compared with
/// the k-th recorded one: the same op on the same inputs reuses its memory and only its kernel runs, so a steady loop
/// allocates nothing; at the first difference the rest is recorded again, so any <c>if</c> or loop works.
/// </summary>
public sealed partial class Tape
{
    [ThreadStatic] static Tape? _own;
    [ThreadStatic] static Tape? _active;
    [ThreadStatic] static Node[]? _operands;

    readonly CommonMemory _memory = new();
    readonly Recordings _recordings;
    readonly Dictionary<ulong, int> _uses = [];
    Recording? _recording;
    Tape? _outer;
    bool _isOpen;
    StepInfo _info;

    readonly bool _composes, _isStrict;

    /// <summary>A tape that has recorded nothing.</summary>
    public Tape() => _recordings = new(this, _memory);

    /// <summary>A tape that records ops as what they are composed of.</summary>
    /// <param name="isStrict">True refuses an op that has no derivatives of second order.</param>
    internal Tape(bool isStrict) : this() => (_composes, _isStrict) = (true, isStrict);

    /// <summary>The tape whose step is open on this thread, or null.</summary>
    public static Tape? Active => _active;

    /// <summary>Grows when a step opens and when it ends: a tensor is stale when it remembers another number.</summary>
    internal int StepNumber { get; private set; }

    /// <summary>Mode, seed and number of the step, as random ops see them.</summary>
    public StepInfo Info => _info;

    /// <summary>Bytes of memory that this tape has asked the runtime for since it was made.</summary>
    public long AllocatedBytes => _memory.AllocatedBytes;

    /// <summary>How many calls the open step has made.</summary>
    public int Count => _recording?.Position ?? 0;

    /// <summary>The parameters that the last Backward reached.</summary>
    internal IReadOnlyList<Leaf> ReachedLeaves => _recording?.ReachedLeaves ?? [];

    internal Recording? Recording => _recording;

    /// <summary>Opens a step on this thread's own tape: <c>using var step = Tape.Begin();</c>.</summary>
    /// <param name="mode">Training, or Inference for gradients without dropout.</param>
    /// <exception cref="InvalidOperationException">A step is open already.</exception>
    public static Scope Begin(Mode mode = Mode.Training)
    {
        Tape tape = _own ??= new Tape();
        return tape.Open(new StepInfo(mode, 1, CountOf(tape.StepNumber + 1)));
    }

    /// <summary>
    /// Opens a step whose random ops depend on the given seed and step number: a run that can be resumed.
    /// </summary>
    public static Scope Begin(StepInfo info) => (_own ??= new Tape()).Open(info);

    /// <summary>Opens a step on this tape; it may lie inside another tape's step.</summary>
    /// <exception cref="OperationCanceledException"><see cref="Interrupts"/> asked for the end.</exception>
    public Scope Open(StepInfo info)
    {
        Interrupts.Check();
        if (_isOpen)
            throw new InvalidOperationException(
                "A step is open already on this tape: end it first ('using var step = …' "
                + "ends it with its block), or use a tape of your own: new Tape().Open(…).");
        (_isOpen, _info, _outer) = (true, info, _active);
        _active = this;
        StepNumber++;
        _recording = null;
        _uses.Clear();
        return new(this);
    }

    /// <summary>How often a random stream was asked for in this step before.</summary>
    internal int CountUse(ulong stream)
    {
        ref int uses = ref CollectionsMarshal.GetValueRefOrAddDefault(_uses, stream, out _);
        return uses++;
    }

    /// <summary>The steps that are open on this thread, from this one outwards.</summary>
    internal GradientOrigin Origin => new(this, StepNumber, _outer?.Origin);

    /// <summary>Which step, counted from 1, a step number belongs to.</summary>
    internal static int CountOf(int stepNumber) => (stepNumber + 1) / 2;

    void Close()
    {
        if (_active != this)
            throw new InvalidOperationException("Steps end in the reverse order of their beginnings: end the step that "
                + "was begun inside this one first.");
        _isOpen = false;
        _active = _outer;
        _outer = null;
        StepNumber++;
    }

    /// <summary>
    /// Applies an op: computes it, and inside a step records it. Every op's own syntax calls this, and so does a
    /// user's own op.
    /// </summary>
    public static Tensor Apply<TOp>(TOp op, params ReadOnlySpan<Tensor> operands)
        where TOp : struct, IOp, IEquatable<TOp>
    {
        if (_active is { _composes: true } composing && composing.Composed(op, operands) is { } composed)
            return composed;
        Node[] scratch = _operands ??= new Node[8];
        if (scratch.Length < operands.Length)
            scratch = _operands = new Node[operands.Length * 2];
        for (int i = 0; i < operands.Length; i++)
            scratch[i] = operands[i].Node;
        ReadOnlySpan<Node> nodes = scratch.AsSpan(0, operands.Length);
        return _active is { } tape ? tape.Record(op, nodes)
            : ShapeTrace.Active is { } trace ? trace.Follow(op, nodes)
            : new(Eager.Run(op, nodes), 0);
    }

    /// <summary>Marks an input whose gradient is wanted, and returns the tensor to compute with.</summary>
    /// <param name="x">The input.</param>
    /// <param name="label">What drawings call it: the expression that was passed, when left out.</param>
    /// <exception cref="InvalidOperationException">No step is open.</exception>
    public static Tensor Watch(Tensor x, [CallerArgumentExpression(nameof(x))] string label = "") => _active is not null
        ? Apply(new Watch(label), x)
        : throw new InvalidOperationException(
            "Tape.Watch works inside a step: 'using var step = Tape.Begin();' first.");

    internal Tensor Input(Shape shape, DType type)
    {
        Recording recording = _recording ??= _recordings.Choose(_info.Mode, shape, type);
        return new(recording.ReplayInput(shape, type) ?? recording.RecordInput(shape, type), StepNumber);
    }

    Tensor Record<TOp>(in TOp op, ReadOnlySpan<Node> operands) where TOp : struct, IOp, IEquatable<TOp>
    {
        Recording recording = _recording ??= _recordings.Choose(_info.Mode, op, operands);
        Call<TOp>? known = recording.Replay(op, operands);
        if (known is null)
            known = recording.Record(op, operands);
        if (OpClock.Current is { } clock)
            clock.Run(known, _info);
        else
            known.Run(_info);
        return new(known, StepNumber);
    }

    internal void Backward(Node loss, BackwardOptions options)
    {
        if (loss.Shape.Size != 1)
            throw new ShapeException(
                $"Backward starts at one number, but this {loss.Name} tensor is {loss.Shape}. Reduce it "
                + "to a loss first, for example with Mean().");
        if (loss.IsOfGradient)
            throw GradientOrigin.Error(loss);
        if (!loss.NeedsGradient)
            throw new InvalidOperationException(
                $"This {loss.Name} loss depends on no parameter and no watched tensor, so there "
                + "is nothing to differentiate. Did the model's output enter the loss? Are all parameters frozen?");
        _recording!.Backward((Call)loss, options, _info);
    }

    /// <summary>An open step; disposing it ends the step, and with it the life of the step's tensors.</summary>
    public readonly ref struct Scope
    {
        readonly Tape _tape;

        readonly int _step;

        internal Scope(Tape tape) => (_tape, _step) = (tape, tape.StepNumber);

        /// <summary>The tape that records.</summary>
        public Tape Tape => _tape;

        /// <summary>Ends the step.</summary>
        /// <exception cref="InvalidOperationException">It has ended already, or one inside it has not.</exception>
        public void Dispose()
        {
            if (_tape is null || !_tape._isOpen || _tape.StepNumber != _step)
                throw new InvalidOperationException("This step has ended already; to end it once more would end "
                    + "another one. 'using var step = Tape.Begin();' ends it with its block, without Dispose().");
            _tape.Close();
        }
    }
}
