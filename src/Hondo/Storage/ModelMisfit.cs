using Hondo.Data;
using Hondo.Tensors;

namespace Hondo.Storage;

/// <summary>Says how the numbers in a file do not fit a model.</summary>
/// <param name="path">The file.</param>
/// <param name="model">The model's text.</param>
sealed class ModelMisfit(string path, string model)
{
    /// <summary>Compares names and shapes.</summary>
    /// <exception cref="DataFormatException">They differ.</exception>
    public void Check(Dictionary<string, Shape> wanted, IReadOnlyDictionary<string, Tensor> found)
    {
        foreach ((string name, Shape shape) in wanted)
            if (!found.TryGetValue(name, out Tensor tensor))
                throw Error($"the model has {name} {shape}, but the file does not");
            else if (tensor.Shape != shape)
                throw Error($"{name} is {shape} in the model, but {tensor.Shape} in the file");
            else if (!tensor.DType.IsFloating)
                throw Error($"{name} holds whole numbers in the file");
        foreach ((string name, Tensor tensor) in found)
            if (!wanted.ContainsKey(name) && !name.StartsWith(Checkpoint.OptimizerPrefix, StringComparison.Ordinal))
                throw Error($"the file has {name} {tensor.Shape}, but the model does not");
    }

    DataFormatException Error(string problem) =>
        new(path, "", $"this file is of another model: {problem}", $"The model here is {Shortened(model)}.");

    static string Shortened(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
