using System.Runtime.CompilerServices;
using Hondo.Tensors;

namespace Hondo.Ops;

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
