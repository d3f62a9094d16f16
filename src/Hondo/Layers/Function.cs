using System.Runtime.CompilerServices;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// A function of one's own as a layer: <c>new Function(x => x * x)</c>. It has no parameters; a layer with parameters
/// is
/// a class of its own. Being code, it cannot be read back from a model's text.
/// </summary>
/// <param name="function">From tensor to tensor.</param>
/// <param name="text">How it is printed; its own code when left out.</param>
public sealed class Function(
    Func<Tensor, Tensor> function, [CallerArgumentExpression(nameof(function))] string text = "") : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => function(x);

    /// <inheritdoc/>
    public override string ToString() => $"Function({text})";
}
