using System.Collections;
using System.Runtime.CompilerServices;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Layers one after the other, each fed by the one before; named by their place: <c>0</c>, <c>1</c>, …
/// </summary>
/// <param name="layers">The layers.</param>
public sealed class Sequential(params Layer[] layers) : Layer, IReadOnlyList<Layer>
{
    readonly Layer[] _layers = Inner(nameof(Sequential), layers);

    internal override int Depth { get; } = 1 + DepthOf(layers);

    /// <summary>How many layers.</summary>
    public int Count => _layers.Length;

    /// <summary>The layer in a place; <c>model[^1]</c> is the last.</summary>
    public Layer this[int i] => _layers[i];

    /// <summary>Layers of a range, as a model that shares their parameters: <c>model[..^1]</c>.</summary>
    public Sequential this[Range range] => new(_layers[range]);

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => Run(0, _layers.Length, x);

    private protected override Tensor RunFrom(int first, Tensor x) => Run(first, _layers.Length, x);

    internal Tensor Run(int first, int end, Tensor x)
    {
        for (int i = first; i < end; i++)
            x = i + 1 < end && CanFuse(_layers[i], _layers[i + 1]) ? _layers[i].ForwardWith(_layers[++i], x)
                : _layers[i].Forward(x);
        return x;
    }

    // A trace of shapes sees each layer alone: summaries list them all.
    static bool CanFuse(Layer layer, Layer next) => layer is IFuses fuses && ShapeTrace.Active is null
        && fuses.CanTake(next);

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(_layers);

    private protected override void Replace(IReadOnlyDictionary<Layer, Layer> others)
    {
        for (int i = 0; i < _layers.Length; i++)
            _layers[i] = others.GetValueOrDefault(_layers[i], _layers[i]);
    }

    /// <inheritdoc/>
    public IEnumerator<Layer> GetEnumerator() => ((IEnumerable<Layer>)_layers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _layers.GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Sequential").AddAll(_layers).ToString();
}

/// <summary>
/// A layer that computes itself and the one behind it in one pass over memory, which for elementwise layers takes
/// most of the time. <see cref="Sequential"/> asks for it; summaries show both layers as they are.
/// </summary>
interface IFuses
{
    /// <summary>True when this layer can do the next one's work too.</summary>
    bool CanTake(Layer next);

    /// <summary>What the next layer would make of this one's output.</summary>
    Tensor Run(Tensor x, Layer next);
}

/// <summary>
/// Several layers fed with the same input, their outputs side by side      [.., channels] → [.., Σ channels]
/// The expansion of SqueezeNet, the modules of Inception, the dense connections of DenseNet.
/// </summary>
/// <param name="layers">The layers; Identity passes the input on.</param>
public sealed class Concat(params Layer[] layers) : Layer
{
    readonly Layer[] _layers = layers is null or { Length: > 0 } ? Inner(nameof(Concat), layers)
        : throw new ArgumentException("Concat needs at least one layer.", nameof(layers));

    internal override int Depth { get; } = 1 + DepthOf(layers);

    internal IReadOnlyList<Layer> All => _layers;

    private protected override void Replace(IReadOnlyDictionary<Layer, Layer> others)
    {
        for (int i = 0; i < _layers.Length; i++)
            _layers[i] = others.GetValueOrDefault(_layers[i], _layers[i]);
    }

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
    public override string ToString() => new CallWriter("Concat").AddAll(_layers).ToString();
}

/// <summary>
/// y = shortcut(x) + body(x), where the shortcut is x itself when left out   (He et al. 2015, arXiv:1512.03385)
/// </summary>
/// <param name="body">f.</param>
/// <param name="shortcut">What brings x to the shape of f(x), e.g. a <see cref="Linear"/>.</param>
public sealed class Residual(Layer body, Layer? shortcut = null) : Layer, IFuses
{
    Layer _body = Inner(nameof(Residual), [body])[0];
    Layer? _shortcut = shortcut is null ? null : Inner(nameof(Residual), [shortcut])[0];

    internal override int Depth { get; } = 1 + DepthOf([body, shortcut]);

    internal Layer Body => _body;

    internal Layer? Shortcut => _shortcut;

    private protected override void Replace(IReadOnlyDictionary<Layer, Layer> others)
    {
        _body = others.GetValueOrDefault(_body, _body);
        _shortcut = _shortcut is null ? null : others.GetValueOrDefault(_shortcut, _shortcut);
    }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        Tensor around = Around(x), y = _body.Forward(x);
        Require(around, y);
        return around + y;
    }

    bool IFuses.CanTake(Layer next) =>
        next is Relu && _body is Sequential { Count: > 0 } layers && layers[^1] is BatchNorm;

    Tensor IFuses.Run(Tensor x, Layer next)
    {
        var layers = (Sequential)_body;
        Tensor around = Around(x), y = layers.Run(0, layers.Count - 1, x);
        Require(around, y);
        return ((BatchNorm)layers[^1]).RunAddRelu(y, around);
    }

    Tensor Around(Tensor x) => _shortcut is null ? x : _shortcut.Forward(x);

    void Require(Tensor around, Tensor y)
    {
        if (around.Shape != y.Shape)
            throw new ShapeException(
                $"{this} adds {AxisNames.Describe(around.Shape)} to {AxisNames.Describe(y.Shape)}: give it "
                + "a shortcut that brings the input to the body's output shape.");
    }

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(_body).Add(_shortcut);

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("Residual").Add(_body).Add("shortcut", _shortcut, null).ToString();
}

/// <summary>A function of one's own as a layer without parameters: <c>new Function(x => x * x)</c>. Being code, it
/// cannot be read back from a model's text.</summary>
/// <param name="function">From tensor to tensor.</param>
/// <param name="text">How it is printed; its own code when left out.</param>
public sealed class Function(
    Func<Tensor, Tensor> function, [CallerArgumentExpression(nameof(function))] string text = "") : Layer
{
    internal override bool MayDraw => true;

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => function(x);

    /// <inheritdoc/>
    public override string ToString() => $"Function({text})";
}

/// <summary>y = x: a place where another layer may be put.</summary>
public sealed class Identity : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x;
}
