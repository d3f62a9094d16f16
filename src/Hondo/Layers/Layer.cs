using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// A part of a network: parameters, and a function from tensor to tensor. A whole model is a layer too. Training or
/// inference is a matter of the step (<see cref="Mode"/>), never a flag of the layer.
/// </summary>
public abstract class Layer
{
    Parts? _parts;
    bool _isDrawn;

    /// <summary>How many layers can lie inside each other.</summary>
    internal const int MostDepth = 200;

    /// <summary>
    /// The path within the model that named it first, e.g. <c>encoder.hidden</c>; empty for the model itself.
    /// </summary>
    public string Path { get; private set; } = "";

    /// <summary>Every parameter of this layer and of those inside it, named by path, in order of appearance.</summary>
    public IReadOnlyList<Parameter> Parameters => Bound().AllParameters;

    /// <summary>
    /// Every state of this layer and of those inside it: numbers that files keep but training does not learn.
    /// </summary>
    public IReadOnlyList<State> States => Bound().AllStates;

    /// <summary>This layer and all inside it, outermost first.</summary>
    public IReadOnlyList<Layer> Layers => Bound().AllLayers;

    /// <summary>The layer at a path of this model, e.g. <c>encoder.hidden</c>, or null when there is none.</summary>
    public Layer? Find(string path) => Named.Names.Find(path);

    /// <summary>The path of a layer within this model, or null when it is not inside.</summary>
    public string? PathOf(Layer layer) => Named.Names.PathOf(layer);

    /// <summary>Computes the layer's output.</summary>
    /// <exception cref="ShapeException">The input does not fit; the message starts with the layer's path.</exception>
    public Tensor Forward(Tensor x) => Compute(x, null);

    /// <summary>The output of the next layer, which this one's <see cref="IFuses"/> can take.</summary>
    internal Tensor ForwardWith(Layer next, Tensor x) => Compute(x, next);

    /// <summary>The output, when what the first layers inside make of the input is known already.</summary>
    internal Tensor ForwardFrom(int first, Tensor x) => Compute(x, null, first);

    Tensor Compute(Tensor x, Layer? next, int first = 0)
    {
        Parts parts = Bound();
        LayerScope outer = LayerScope.Current;
        PartNames names = (PartNames?)outer.Names ?? parts.Names;
        string path = names.PathOf(this) ?? Path, label = path.Length > 0 ? path : GetType().Name;
        LayerScope.Current = new(names, path, label);
        try
        {
            return next is not null ? ((IFuses)this).Run(x, next)
                : first > 0 ? RunFrom(first, x)
                : ShapeTrace.Active is { } trace ? trace.Row(path, ToString()!, x, Run)
                : Run(x);
        }
        catch (ShapeException error) when (error.LayerPath is null)
        {
            throw error.In(label);
        }
        finally
        {
            LayerScope.Current = outer;
        }
    }

    /// <summary>Draws every parameter that has no numbers yet, each from a stream of its own name.</summary>
    /// <returns>This layer.</returns>
    public Layer Initialize(ulong seed)
    {
        foreach (Parameter parameter in Named.AllParameters)
            parameter.Draw(seed);
        return this;
    }

    /// <summary>Converts all parameters and states; Float64 is for gradient checks.</summary>
    /// <returns>This layer.</returns>
    public Layer To(DType type)
    {
        foreach (Parameter parameter in Parameters)
            parameter.ConvertTo(type);
        foreach (State state in States)
            state.ConvertTo(type);
        return this;
    }

    /// <summary>
    /// Forgets the gradients of all parameters, those that no optimizer has used among them: a sum of several Backwards
    /// with <see cref="BackwardOptions.Accumulate"/> then starts anew.
    /// </summary>
    public void ZeroGradients()
    {
        foreach (Parameter parameter in Parameters)
            parameter.Leaf.ZeroGradient();
    }

    /// <summary>The C# that builds it; a layer with arguments says them itself.</summary>
    public override string ToString() => $"{GetType().Name}()";

    /// <summary>What the layer computes. Callers use <see cref="Forward"/>.</summary>
    protected abstract Tensor Run(Tensor x);

    /// <summary>True when what it gives may depend on more than its input and its numbers.</summary>
    internal virtual bool MayDraw => false;

    private protected virtual Tensor RunFrom(int first, Tensor x) => Run(x);

    /// <summary>How many layers lie inside each other here, this one included.</summary>
    internal virtual int Depth => 1;

    /// <summary>The layers that another one is made of, checked.</summary>
    private protected static Layer[] Inner(string around, Layer[]? layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (Array.IndexOf(layers, null) is >= 0 and var place)
            throw new ArgumentNullException(nameof(layers), $"Layer {place} of {around} is null.");
        int depth = DepthOf(layers);
        if (depth >= MostDepth)
            throw new ArgumentException($"{around} would be {depth + 1} layers deep: at most {MostDepth} can lie "
                + $"inside each "
                + "other. Put layers one after the other in one Sequential.", nameof(layers));
        return [.. layers];
    }

    /// <summary>The depth of the deepest of some layers.</summary>
    private protected static int DepthOf(ReadOnlySpan<Layer?> layers)
    {
        int depth = 0;
        foreach (Layer? layer in layers)
            depth = Math.Max(depth, layer?.Depth ?? 0);
        return depth;
    }

    /// <summary>Puts a layer in the places of others, by their paths in this model: a model read from a text has a
    /// layer for each place, where the one that was saved ran one layer twice.</summary>
    internal void Share(IReadOnlyList<(string First, string Again)> shared)
    {
        IReadOnlyList<Layer> layers = Named.AllLayers;
        Dictionary<Layer, Layer> others = [];
        foreach ((string first, string again) in shared)
            if (Find(first) is { } one && Find(again) is { } other && one != this && one.ToString() == other.ToString())
                others.Add(other, one);
            else
                throw new FormatException($"the layers {first} and {again} cannot be one");
        foreach (Layer layer in layers)
        {
            layer.Replace(others);
            (layer._parts, layer.Path) = (null, "");
        }
    }

    private protected virtual void Replace(IReadOnlyDictionary<Layer, Layer> others) { }

    /// <summary>Names the layer's parameters, states and inner layers: <c>parts.Add(Weight).Add(Bias)</c>.</summary>
    protected internal virtual void Parts(Parts parts) { }

    // The first use names every part and draws what was never drawn, with seed 1: the same numbers in every program.
    // A trace of shapes draws nothing: a summary of a large model is quick.
    Parts Bound()
    {
        Parts parts = Named;
        if (_isDrawn || ShapeTrace.Active is not null)
            return parts;
        _isDrawn = true;
        foreach (Parameter parameter in parts.AllParameters)
            parameter.Draw(seed: 1);
        return parts;
    }

    /// <summary>The parts with their names, before any parameter needs numbers.</summary>
    internal Parts Named => _parts ?? Bind();

    // A layer that first runs inside another one, which does not list it, is named after both: errors can point to it.
    Parts Bind()
    {
        string type = GetType().Name;
        string path = LayerScope.Current.Label is { } outer ? $"{outer}.{char.ToLowerInvariant(type[0])}{type[1..]}"
            : "";
        _parts = new Parts(this, path);
        return _parts;
    }

    // The first model names a layer; another one that shares it has names of its own.
    internal void BindTo(Parts parts, string path) => (_parts, Path) = _parts is null ? (parts, path) : (_parts, Path);
}
