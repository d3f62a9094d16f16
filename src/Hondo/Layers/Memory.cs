using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// What a layer knows between two windows: some tensors, for as many sequences as are read side by side. Backward of
/// a window still needs where it started, so its end waits until the next window begins.
/// </summary>
public sealed class LayerState
{
    readonly Leaf[] _start, _end;
    bool _hasEnd;

    /// <summary>A memory of zeros.</summary>
    /// <param name="shapes">The shape of each tensor, <c>[layers, streams, units]</c> for example.</param>
    public LayerState(params ReadOnlySpan<Shape> shapes)
    {
        (_start, _end) = (new Leaf[shapes.Length], new Leaf[shapes.Length]);
        for (int i = 0; i < shapes.Length; i++)
            (_start[i], _end[i]) = (new Leaf(shapes[i], DType.Float32, "Memory"), new Leaf(shapes[i], DType.Float32));
        Clear();
    }

    /// <summary>Begins a window: where the last one ended is now the start.</summary>
    public void Advance()
    {
        for (int i = 0; _hasEnd && i < _start.Length; i++)
            _end[i].Value.Bytes.CopyTo(_start[i].Value.Bytes);
        _hasEnd = false;
    }

    /// <summary>Where the window starts. The tensor is the same in every step, so that the tape can replay.</summary>
    public Tensor this[int i] => new(_start[i], 0);

    /// <summary>Keeps where the window ended.</summary>
    /// <exception cref="ShapeException">The shape is not the memory's.</exception>
    public void Keep(int i, Tensor end)
    {
        if (end.Shape != _end[i].Shape)
            throw new ShapeException($"The memory holds {_end[i].Shape}, but the window ended with {end.Shape}: make a "
                + "new memory for another number of streams.");
        end.Values<float>().CopyTo(_end[i].Value.As<float>());
        _hasEnd = true;
    }

    /// <summary>How many tensors there are.</summary>
    public int Count => _start.Length;

    /// <summary>Where the next window will start.</summary>
    public Tensor Next(int i) => new(_hasEnd ? _end[i] : _start[i], 0);

    /// <summary>Lets the next window start elsewhere: all tensors of the memory are to be set.</summary>
    /// <exception cref="ShapeException">The shape is not the memory's.</exception>
    public void Set(int i, Tensor start)
    {
        Keep(i, start);
        start.Values<float>().CopyTo(_start[i].Value.As<float>());
    }

    /// <summary>Forgets everything: zeros.</summary>
    public void Clear()
    {
        foreach (Leaf leaf in _start)
            leaf.Value.Bytes.Clear();
        _hasEnd = false;
    }
}
