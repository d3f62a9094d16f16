using System.Runtime.InteropServices;

namespace Hondo.Tensors;

/// <summary>What an op is given: its operands' numbers, or in Backward their gradients.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct Operands<T> where T : unmanaged
{
    readonly ReadOnlySpan<Node> _nodes;
    readonly Block _memo;
    readonly bool _gradients;
    readonly uint _accumulates;

    Operands(ReadOnlySpan<Node> nodes, Block memo, StepInfo step, bool gradients, uint accumulates)
    {
        _nodes = nodes;
        _memo = memo;
        Step = step;
        _gradients = gradients;
        _accumulates = accumulates;
    }

    internal static Operands<T> Values(ReadOnlySpan<Node> nodes, Block memo, StepInfo step) =>
        new(nodes, memo, step, gradients: false, 0);

    /// <param name="nodes">The operands.</param>
    /// <param name="accumulates">Bit i: operand i's gradient already holds a part that must be added to.</param>
    internal static Operands<T> Gradients(ReadOnlySpan<Node> nodes, uint accumulates) =>
        new(nodes, default, default, gradients: true, accumulates);

    /// <summary>The mode, seed and number of the step: random ops depend on nothing else.</summary>
    public StepInfo Step { get; }

    /// <summary>How many operands there are.</summary>
    public int Count => _nodes.Length;

    /// <summary>The window on operand i.</summary>
    public View<T> this[int i]
    {
        get
        {
            Node node = _nodes[i];
            return !_gradients ? new(node.Value.Bytes, node.Shape, node.Type)
                : node.NeedsGradient
                    ? new(node.Gradient.Bytes, node.Shape, node.Type, true, (_accumulates >> Math.Min(i, 31) & 1) != 0)
                    : new([], node.Shape, node.Type, isNeeded: false);
        }
    }

    /// <summary>What Forward leaves for Backward, as many bytes as <see cref="IOp.MemoBytes"/> said.</summary>
    public Span<M> Memo<M>() where M : unmanaged => MemoryMarshal.Cast<byte, M>(_memo.Bytes);

    /// <summary>The first two operands.</summary>
    public void Deconstruct(out View<T> a, out View<T> b)
    {
        a = this[0];
        b = this[1];
    }

    /// <summary>The first three operands.</summary>
    public void Deconstruct(out View<T> a, out View<T> b, out View<T> c)
    {
        a = this[0];
        b = this[1];
        c = this[2];
    }
}

/// <summary>A typed window on a tensor's numbers, or on the gradient that an op adds to.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct View<T> where T : unmanaged
{
    readonly Span<byte> _bytes;

    internal View(Span<byte> bytes, Shape shape, DType type, bool isNeeded = true, bool accumulates = false)
    {
        _bytes = bytes;
        Shape = shape;
        Type = type;
        IsNeeded = isNeeded;
        Accumulates = accumulates;
    }

    /// <summary>The numbers, row-major.</summary>
    public Span<T> Data => MemoryMarshal.Cast<byte, T>(_bytes);

    /// <summary>The numbers of an Int32 tensor.</summary>
    public Span<int> Ints => MemoryMarshal.Cast<byte, int>(_bytes);

    /// <summary>
    /// The type that the numbers have in memory: that of <see cref="Data"/>, or Int32, unless the op converts.
    /// </summary>
    public DType Type { get; }

    /// <summary>The numbers as what they are in memory, for ops that convert.</summary>
    internal Span<M> As<M>() where M : unmanaged => MemoryMarshal.Cast<byte, M>(_bytes);

    /// <summary>The lengths of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>For gradients: false when nobody needs this operand's gradient; then do not compute it.</summary>
    public bool IsNeeded { get; }

    /// <summary>
    /// For gradients of an op whose <see cref="IOp.OverwritesGradients"/> is true: add when true, overwrite undefined
    /// contents when false. Other ops always add: the tape has cleared the memory for them.
    /// </summary>
    public bool Accumulates { get; }

    /// <summary>One number, by its row-major index.</summary>
    public ref T this[int i] => ref Data[i];

    /// <summary>How many numbers there are.</summary>
    public int Length => Shape.Size;
}
