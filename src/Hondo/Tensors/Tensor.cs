using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hondo.Tensors;

/// <summary>
/// An array of numbers with a shape: a handle of 16 bytes, free to copy and never disposed. Contiguous and row-major,
/// features last. A tensor made inside a step lives until the step ends; <see cref="Keep"/> copies it out.
/// </summary>
[DebuggerDisplay("{DebuggerText,nq}"), DebuggerTypeProxy(typeof(TensorDebugView))]
public readonly struct Tensor
{
    readonly Node? _node;
    readonly int _step;

    internal Tensor(Node node, int step) => (_node, _step) = (node, step);

    /// <summary>The node, after the check that its memory still holds this tensor's numbers.</summary>
    internal Node Node
    {
        get
        {
            if (_node is null)
                throw new InvalidOperationException(
                    "This tensor was never given a value (it is default). Make one with Tensor.Of.");
            return _step == 0 || _step == _node.Tape!.StepNumber ? _node : throw Stale(_node);
        }
    }

    InvalidOperationException Stale(Node node) => new(
        $"This {node.Name} tensor {node.Shape} was made in step {Tape.CountOf(_step)}; its memory was " +
        $"reused in step {Tape.CountOf(node.Tape!.StepNumber + 1)}. Call Keep() on it before its step ends.");

    /// <summary>True for a tensor that was never given a value.</summary>
    internal bool IsDefault => _node is null;

    /// <summary>The lengths of the axes.</summary>
    public Shape Shape => Node.Shape;

    /// <summary>The type of the numbers.</summary>
    public DType DType => Node.Type;

    /// <summary>How many numbers there are.</summary>
    public int Size => Node.Shape.Size;

    /// <summary>The only number of a tensor that holds one.</summary>
    /// <exception cref="ShapeException">It holds more or fewer than one.</exception>
    public double Item => Node.Shape.Size == 1
        ? Read(Node.Value, Node.Type, 0)
        : throw new ShapeException($"Item reads a tensor of one number, but this one is {Node.Shape}. Reduce it first, "
            + "for example with Mean().");

    /// <summary>One number, by its index on each axis; <c>t[0, ^1]</c> counts from the end.</summary>
    [IndexerName("Number")]
    public double this[params ReadOnlySpan<Index> indices]
    {
        get
        {
            Node node = Node;
            if (indices.Length != node.Shape.Rank)
                throw new ShapeException(
                    $"This tensor {node.Shape} takes {node.Shape.Rank} indices, not {indices.Length}. For a part of it "
                    + "add a range: x[1, ..].");
            int offset = 0;
            for (int axis = 0; axis < indices.Length; axis++)
            {
                int length = node.Shape[axis], i = indices[axis].GetOffset(length);
                if ((uint)i >= (uint)length)
                    throw new ShapeException($"Index {indices[axis]} is outside axis {axis} of {node.Shape}.");
                offset = offset * length + i;
            }
            return Read(node.Value, node.Type, offset);
        }
    }

    /// <summary>
    /// A part of each axis, by C#'s ranges, with its gradient: <c>x[1..3, .., ^2..]</c>; an index among them picks one
    /// and drops the axis: <c>x[1.., ^1]</c>; <c>(1..9).By(2)</c> takes every second. Axes not named stay whole.
    /// </summary>
    /// <exception cref="ShapeException">A range is outside its axis, or there are more parts than axes.</exception>
    [IndexerName("Number")]
    public Tensor this[params ReadOnlySpan<AxisSlice> parts] => Tape.Apply(AxisSlice.Of(Shape, parts), this);

    /// <summary>
    /// The numbers where a mask is not 0, one after the other, with their gradient: <c>x[x > 0]</c>. A mask of fewer
    /// axes selects slices of the leading ones: <c>rows[isValid]</c>      [m.., n..], mask [m..] → [count, n..]
    /// </summary>
    /// <param name="mask">As long as this tensor's first axes; a comparison's result, or Int32.</param>
    /// <exception cref="ShapeException">The mask's axes are not this tensor's first ones.</exception>
    [IndexerName("Number")]
    public Tensor this[Tensor mask] => Tape.Apply(MaskedSelectOp.Of(mask), this, mask);

    /// <summary>The numbers, row-major. The span is the tensor's own memory: it changes when the tensor does.</summary>
    /// <exception cref="InvalidOperationException">T is not this tensor's type.</exception>
    public ReadOnlySpan<T> Values<T>() where T : unmanaged
    {
        Node node = Node;
        return DTypeFacts.Of<T>() == node.Type
            ? node.Value.As<T>()
            : throw new InvalidOperationException(
                $"This tensor {node.Shape} holds {node.Type}, not {DTypeFacts.Of<T>()}. "
                + "Ask for its own type, or convert it.");
    }

    /// <summary>The gradient of the last Backward, as a tensor of its own.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Tensor Gradient
    {
        get
        {
            Node node = Node;
            if (node is Leaf { Parameter: { IsTrainable: false } frozen })
                throw new InvalidOperationException(
                    $"Parameter {frozen.Name} {frozen.Shape} is frozen, so it has no gradient: Unfreeze() its layer.");
            if (!node.NeedsGradient)
                throw new InvalidOperationException(
                    $"This {node.Name} tensor {node.Shape} depends on no parameter, so it "
                    + "has no gradient. Watch its input with Tape.Watch inside the step.");
            if (!node.KeepsGradient || node.Gradient.IsEmpty)
                throw new InvalidOperationException(
                    $"The gradient of this {node.Name} tensor {node.Shape} was not kept. "
                    + "Call Backward(BackwardOptions.KeepAll) to keep those of every intermediate result.");
            return Copy(node.Gradient, node, Tape.Active?.Origin);
        }
    }

    /// <summary>Differentiates this one number with respect to every parameter and watched tensor behind it.</summary>
    /// <exception cref="InvalidOperationException">It was not computed inside a step.</exception>
    /// <exception cref="ShapeException">It is not one number.</exception>
    public void Backward(BackwardOptions options = BackwardOptions.None)
    {
        Node node = Node;
        if (node.Tape is null)
            throw new InvalidOperationException("Backward works on results computed inside a step. Write "
                + "'using var step = Tape.Begin();' before the forward pass.");
        node.Tape.Backward(node, options);
    }

    /// <summary>A copy in memory of its own, which outlives the step.</summary>
    public Tensor Keep() => Copy(Node.Value, Node);

    static Tensor Copy(Block source, Node like, GradientOrigin? origin = null)
    {
        var leaf = new Leaf(like.Shape, like.Type, origin is null ? "Constant" : $"gradient of {like.Name}")
        {
            Origin = origin,
        };
        source.Bytes.CopyTo(leaf.Value.Bytes);
        return new(leaf, 0);
    }

    /// <summary>The number at a row-major place.</summary>
    internal double NumberAt(int place) => Read(Node.Value, Node.Type, place);

    internal static double Read(Block block, DType type, int i) => type switch
    {
        DType.Float64 => block.As<double>()[i],
        DType.Int32 => block.As<int>()[i],
        _ => block.As<float>()[i],
    };

    /// <summary>The numbers as an array, converted to T.</summary>
    public T[] ToArray<T>() where T : unmanaged, INumber<T>
    {
        Node node = Node;
        var numbers = new T[node.Shape.Size];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = T.CreateChecked(Read(node.Value, node.Type, i));
        return numbers;
    }

    /// <summary>
    /// Type and shape, and the numbers below each other as NumPy prints them; the middle of a long axis is left out.
    /// </summary>
    /// <param name="edge">How many numbers are shown at each end of a long axis.</param>
    /// <param name="digits">The most decimals.</param>
    /// <example><code>
    /// float32 [2, 3]
    /// [[  1.00  -2.50   3.00]
    ///  [  0.00   1.25  10.00]]
    /// </code></example>
    public string ToTable(int edge = 3, int digits = 4)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(edge, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(digits);
        return new TensorTable(Node, edge, Math.Min(digits, 15)).ToString();
    }

    // A debugger that looks at a stale tensor is told so, instead of showing an exception.
    string DebuggerText => _node is { } node && _step != 0 && _step != node.Tape!.StepNumber
        ? $"stale {node.Name} {node.Shape}"
        : ToString();

    /// <summary>Type, shape and the first numbers: <c>Relu float32 [2, 2] {0, 1, 0.5, 0}</c>.</summary>
    public override string ToString() => _node is null ? "no tensor" : TensorText.Describe(Node);
}
