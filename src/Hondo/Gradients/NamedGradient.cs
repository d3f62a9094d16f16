using System.Globalization;
using Hondo.Tensors;

namespace Hondo.Gradients;

/// <summary>A function's value and its gradient by variable.</summary>
public sealed class NamedGradient
{
    readonly Dictionary<string, Tensor> _gradients;

    internal NamedGradient(double value, Dictionary<string, Tensor> gradients) =>
        (Value, _gradients) = (value, gradients);

    /// <summary>f at the point.</summary>
    public double Value { get; }

    /// <summary>∂f/∂name, of a variable that is one number.</summary>
    public double this[string name] => Of(name).Item;

    /// <summary>∂f/∂name, of any variable.</summary>
    /// <exception cref="KeyNotFoundException">There is no such variable.</exception>
    public Tensor Of(string name) => _gradients.TryGetValue(name, out Tensor gradient)
        ? gradient
        : throw new KeyNotFoundException($"There is no variable '{name}': the gradient is by "
            + $"{string.Join(", ", _gradients.Keys)}.");

    /// <summary><c>∇f = [x: 2, y: 2]</c>.</summary>
    public override string ToString() =>
        $"∇f = [{string.Join(", ", _gradients.Select(g => $"{g.Key}: {Text(g.Value)}"))}]";

    static string Text(Tensor gradient) => gradient.Size == 1
        ? gradient.Item.ToString("G6", CultureInfo.InvariantCulture)
        : gradient.ToString();
}
