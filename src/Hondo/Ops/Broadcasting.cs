using System.Runtime.CompilerServices;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// NumPy's rule: shapes are aligned at their last axes, and an axis of 1 (or a missing one) is repeated. Operands of
/// another shape are expanded by an op of their own, whose gradient sums over the repeated axes, so that no other op
/// knows of broadcasting.
/// </summary>
public static class Broadcast
{
    /// <summary>Applies an op of two operands after expanding them to their common shape.</summary>
    /// <exception cref="ShapeException">They have none.</exception>
    public static Tensor Apply<TOp>(TOp op, Tensor a, Tensor b) where TOp : struct, IOp, IEquatable<TOp>
    {
        if (a.Shape == b.Shape)
            return Tape.Apply(op, a, b);
        Shape common = Common<TOp>(a.Shape, b.Shape);
        return Tape.Apply(op, a.Expand(common), b.Expand(common));
    }

    /// <summary>The shape that two broadcast to.</summary>
    /// <exception cref="ShapeException">Two axes differ and neither is 1.</exception>
    public static Shape Common<TOp>(Shape a, Shape b) where TOp : IOp
    {
        int rank = Math.Max(a.Rank, b.Rank);
        Span<int> axes = stackalloc int[rank];
        for (int i = 1; i <= rank; i++)
        {
            int m = i <= a.Rank ? a[a.Rank - i] : 1, n = i <= b.Rank ? b[b.Rank - i] : 1;
            if (m != n && m != 1 && n != 1)
                throw ShapeException.For<TOp>([a, b], $"aligned at the last axis, {m} and {n} differ and neither is 1");
            axes[rank - i] = m == 1 ? n : m;
        }
        return Shape.Create(axes);
    }
}

/// <summary>
/// Walks a large shape in runs along its last axes, and tells where each run lies in a smaller shape that is repeated
/// to fill it.
/// </summary>
ref struct BroadcastWalk
{
    readonly Shape _large;
    readonly int _outerAxes;
    Axes _strides, _position;

    public BroadcastWalk(Shape small, Shape large)
    {
        _large = large;
        int stride = 1;
        for (int i = 1; i <= large.Rank; i++)
        {
            int length = i <= small.Rank ? small[small.Rank - i] : 1;
            _strides[large.Rank - i] = length == 1 ? 0 : stride;
            stride *= length;
        }
        // The run is as many of the last axes as are all repeated, or all copied.
        int axis = large.Rank;
        Run = 1;
        Repeats = large.Rank > 0 && _strides[large.Rank - 1] == 0 && large[^1] != 1;
        while (axis > 0 && (large[axis - 1] == 1 || (_strides[axis - 1] == 0) == Repeats))
            Run *= large[--axis];
        _outerAxes = axis;
    }

    /// <summary>How many neighbouring numbers of the large shape share one rule.</summary>
    public int Run { get; }

    /// <summary>True when the whole run is one number of the small shape, false when it is a run there too.</summary>
    public bool Repeats { get; }

    /// <summary>Where the run begins in the small shape.</summary>
    public int Offset { get; private set; }

    /// <summary>Goes on to the next run.</summary>
    public void Next()
    {
        for (int axis = _outerAxes - 1; axis >= 0; axis--)
        {
            Offset += _strides[axis];
            if (++_position[axis] < _large[axis])
                return;
            Offset -= _strides[axis] * _large[axis];
            _position[axis] = 0;
        }
    }

    [InlineArray(Shape.MaxRank)]
    struct Axes
    {
        int _first;
    }
}

/// <summary>Repeats axes of length 1 (or missing ones) up to a shape      dx = Σ dy over the repeated axes</summary>
/// <param name="Shape">The shape to reach.</param>
readonly record struct ExpandOp(Shape Shape) : IOp, ILinearOp
{
    static string IOp.Name => "Expand";

    static bool IOp.TakesWholeNumbers => true;

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0];

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Broadcast.Common<ExpandOp>(x[0], Shape) == Shape
        ? Shape
        : throw ShapeException.For<ExpandOp>([x[0], Shape], "the first must fit into the second");

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        ReadOnlySpan<T> source = x[0].Data;
        Span<T> result = y.Data;
        var walk = new BroadcastWalk(x[0].Shape, Shape);
        for (int i = 0; i < result.Length; i += walk.Run, walk.Next())
            if (walk.Repeats)
                result.Slice(i, walk.Run).Fill(source[walk.Offset]);
            else
                source.Slice(walk.Offset, walk.Run).CopyTo(result[i..]);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        ReadOnlySpan<T> source = dy.Data;
        Span<T> result = dx[0].Data;
        var walk = new BroadcastWalk(x[0].Shape, Shape);
        for (int i = 0; i < source.Length; i += walk.Run, walk.Next())
            for (int k = 0; k < walk.Run; k++)
                result[walk.Offset + (walk.Repeats ? 0 : k)] += source[i + k];
    }
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>Repeats axes of length 1 up to a shape.</summary>
        public Tensor Expand(Shape shape) => x.Shape == shape ? x : Tape.Apply(new ExpandOp(shape), x);
    }
}
