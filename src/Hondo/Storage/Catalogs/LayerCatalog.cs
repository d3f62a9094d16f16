using Hondo.Layers;

namespace Hondo.Storage;

/// <summary>The layers that a model's text can name.</summary>
public static class LayerCatalog
{
    /// <summary>All of them; a new layer is one line here.</summary>
    public static Catalog<Layer> All { get; } = new("layer",
    [
        new("Dropout(rate: 0.5)", a => new Dropout(a.Number("rate"))),
        new("Flatten()", _ => new Flatten()),
        new("Identity()", _ => new Identity()),
        new("Linear(inputs, outputs, bias: true, initializer: null)",
            a => new Linear(a.Int("inputs"), a.Int("outputs"), a.Flag("bias"), InitializerCatalog.Of(a))),
        new("Relu()", _ => new Relu()),
        new("Reshape(axes...)", a => new Reshape(a.Ints("axes"))),
        new("Residual(body, shortcut: null)", a => new Residual(Of(a, "body")!, Of(a, "shortcut"))),
        new("Sequential(layers...)", a => new Sequential(a.BuildAll("layers", All!))),
        new("Sigmoid()", _ => new Sigmoid()),
    ]);

    static Layer? Of(Arguments arguments, string name) => arguments.Has(name) ? arguments.Build(name, All) : null;
}
