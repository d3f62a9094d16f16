using Hondo.Tensors;

namespace Hondo.Gradients;

/// <summary>The named variables of a function whose gradient is wanted.</summary>
public sealed class Variables
{
    readonly Dictionary<string, Tensor> _tensors = [];

    /// <summary>The variable of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Tensor this[string name] => _tensors.TryGetValue(name, out Tensor tensor)
        ? tensor
        : throw new KeyNotFoundException($"There is no variable '{name}': the function was given "
            + $"{string.Join(", ", _tensors.Keys)}.");

    internal void Add(string name, Tensor tensor) => _tensors.Add(name, tensor);

    internal Dictionary<string, Tensor> Gradients() => _tensors.ToDictionary(v => v.Key, v => v.Value.Gradient);
}
