using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Several layers fed with the same input, their outputs side by side      [.., channels] → [.., Σ channels]
/// The expansion of SqueezeNet, the modules of Inception, the dense connections of DenseNet.
/// </summary>
/// <param name="layers">The layers; Identity passes the input on.</param>
public sealed class Concat(params Layer[] layers) : Layer
{
    readonly Layer[] _layers = layers.Length > 0 ? [.. layers]
        : throw new ArgumentException("Branches needs at least one layer.", nameof(layers));

    internal IReadOnlyList<Layer> All => _layers;

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        var results = new Tensor[_layers.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = _layers[i].Forward(x);
            if (results[i].Shape.Rank == 0
                || results[i].Shape.Without(-1) != results[0].Shape.Without(-1))
                throw new ShapeException($"{this} lays outputs side by side, but branch 0 gives {results[0].Shape} and "
                    + $"branch {i} {results[i].Shape}: all axes but the last must agree. Look at their paddings.");
        }
        return Tensor.Concat(-1, results);
    }

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(_layers);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Branches").AddAll(_layers).ToString();
}
