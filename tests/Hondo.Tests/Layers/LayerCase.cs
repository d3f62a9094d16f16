using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Tests.Layers;

/// <summary>A layer with an input that it takes.</summary>
/// <param name="Make">Makes the layer.</param>
/// <param name="Shape">The input's axes, the batch first.</param>
/// <param name="Tolerance">How far finite differences may be off: 10⁻⁸ for smooth layers.</param>
/// <param name="Kinds">How many kinds of tokens the input has; 0 for floating numbers.</param>
sealed record LayerCase(Func<Layer> Make, Shape Shape, double Tolerance = 1e-8, int Kinds = 0)
{
    /// <summary>Numbers from −2 to 2, none of them near a bend of a piecewise formula.</summary>
    public Tensor Input()
    {
        if (Kinds > 0)
            return Tensor.Of([.. Enumerable.Range(0, Shape.Size).Select(i => i * 7 % 5 % Kinds)], Shape);
        var values = new double[Shape.Size];
        for (int i = 0; i < values.Length; i++)
            values[i] = 2 * Math.Sin(1 + (i * 1.7)) is var v && Math.Abs(v) < 0.05 ? v + 0.1 : v;
        return Tensor.Of(values, Shape);
    }
}
