using System.Collections;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Layers one after the other, each fed by the one before; named by their place: <c>0</c>, <c>1</c>, …
/// </summary>
/// <param name="layers">The layers.</param>
public sealed class Sequential(params Layer[] layers) : Layer, IReadOnlyList<Layer>
{
    readonly Layer[] _layers = [.. layers];

    /// <summary>How many layers.</summary>
    public int Count => _layers.Length;

    /// <summary>The layer in a place; <c>model[^1]</c> is the last.</summary>
    public Layer this[int i] => _layers[i];

    /// <summary>Layers of a range, as a model that shares their parameters: <c>model[..^1]</c>.</summary>
    public Sequential this[Range range] => new(_layers[range]);

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => RunFirst(_layers.Length, x);

    /// <summary>What the first layers make of x.</summary>
    internal Tensor RunFirst(int count, Tensor x)
    {
        for (int i = 0; i < count; i++)
            x = i + 1 < count && CanFuse(_layers[i], _layers[i + 1])
                ? _layers[i].ForwardWith(_layers[++i], x)
                : _layers[i].Forward(x);
        return x;
    }

    // A trace of shapes sees each layer alone: summaries list them all.
    static bool CanFuse(Layer layer, Layer next) =>
        layer is IFuses fuses && ShapeTrace.Active is null && fuses.CanTake(next);

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(_layers);

    /// <inheritdoc/>
    public IEnumerator<Layer> GetEnumerator() => ((IEnumerable<Layer>)_layers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _layers.GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Sequential").AddAll(_layers).ToString();
}
