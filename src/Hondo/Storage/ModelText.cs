using Hondo.Layers;

namespace Hondo.Storage;

/// <summary>A model as the C# that builds it: <c>Sequential(Linear(784, 64), Relu(), Linear(64, 10))</c>.</summary>
public static class ModelText
{
    /// <summary>Builds the model that a text describes; its parameters are not drawn yet.</summary>
    /// <exception cref="CallTextException">The text is malformed, or a name or argument is not known.</exception>
    public static Layer Parse(string text) => LayerCatalog.All.Parse(text);

    /// <summary>The text of a model, which <see cref="Parse"/> reads back.</summary>
    public static string Print(Layer model) => model.ToString()!;
}
