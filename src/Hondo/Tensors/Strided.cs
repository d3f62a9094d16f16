using System.Numerics;
using Hondo.Kernels;

namespace Hondo.Tensors;

/// <summary>
/// A regular selection of a tensor's numbers: the first one, and how far to go for one step along each axis. Permuting,
/// slicing, flipping and diagonals are all of this kind.
/// </summary>
readonly record struct Strided(Shape Shape, int Offset, AxisValues Strides)
{
    /// <summary>y = the selected numbers of x.</summary>
    public void Copy<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged
    {
        (int run, int step, int axes) = Runs;
        var walk = new Walk(this, axes);
        for (int i = 0; i < y.Length; i += run, walk.Next())
            if (step == 1)
                x.Slice(walk.Position, run).CopyTo(y[i..]);
            else
                for (int k = 0, at = walk.Position; k < run; k++, at += step)
                    y[i + k] = x[at];
    }

    /// <summary>Adds dy to the selected numbers of dx.</summary>
    public void Add<T>(ReadOnlySpan<T> dy, Span<T> dx) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int run, int step, int axes) = Runs;
        var walk = new Walk(this, axes);
        for (int i = 0; i < dy.Length; i += run, walk.Next())
            if (step == 1)
                Loops.Accumulate(default(Identity), dy.Slice(i, run), dx.Slice(walk.Position, run));
            else
                for (int k = 0, at = walk.Position; k < run; k++, at += step)
                    dx[at] += dy[i + k];
    }

    // Axes whose numbers lie together are one run: a part of a sequence is as long as its steps, not as its features.
    (int Run, int Step, int Axes) Runs
    {
        get
        {
            if (Shape.Rank == 0)
                return (1, 1, 0);
            int axes = Shape.Rank - 1, run = Math.Max(1, Shape[axes]), step = Strides[axes];
            while (step == 1 && axes > 0 && Strides[axes - 1] == run)
                run *= Math.Max(1, Shape[--axes]);
            return (run, step, axes);
        }
    }

    /// <summary>Goes from one run to the next, along the first axes.</summary>
    ref struct Walk(Strided selection, int axes)
    {
        readonly Strided _selection = selection;
        Counts _counts;

        public int Position { get; private set; } = selection.Offset;

        public void Next()
        {
            for (int axis = axes - 1; axis >= 0; axis--)
            {
                Position += _selection.Strides[axis];
                if (++_counts[axis] < _selection.Shape[axis])
                    return;
                Position -= _selection.Strides[axis] * _selection.Shape[axis];
                _counts[axis] = 0;
            }
        }
    }

    [System.Runtime.CompilerServices.InlineArray(Hondo.Tensors.Shape.MaxRank)]
    struct Counts
    {
        int _first;
    }
}

/// <summary>Which numbers of a tensor another one shows, in which order.</summary>
interface IView
{
    /// <summary>The name in messages, summaries and ONNX.</summary>
    static abstract string Name { get; }

    /// <summary>Where they lie.</summary>
    Strided Select(Shape x);
}

/// <summary>y = some of x's numbers in another order      dx += dy where they came from</summary>
readonly record struct ViewOp<F>(F View) : IOp, ILinearOp where F : struct, IView, IEquatable<F>
{
    static string IOp.Name => F.Name;

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => View.Select(x[0]).Shape;

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y) => View.Select(x[0].Shape).Copy((ReadOnlySpan<T>)x[0].Data, y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (dx[0].IsNeeded)
            View.Select(x[0].Shape).Add((ReadOnlySpan<T>)dy.Data, dx[0].Data);
    }
}
