using System.Security.Cryptography;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Serialization;

/// <summary>
/// A trained model in one safetensors file: its numbers by name, and its <see cref="ModelCard"/>. Loading builds the
/// model from its text by the catalog of layers; a file can run no code and name no type.
/// </summary>
public static class ModelFile
{
    /// <summary>Writes a model; after any interruption the file is the old one or the new one.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">Where, by custom <c>NAME.safetensors</c>; its folder exists.</param>
    /// <param name="card">What to say about it.</param>
    /// <returns>The card as it was written: with the model's text and hash and Hondo's version.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static ModelCard Save(Layer model, string path, ModelCard? card = null)
    {
        (Safetensors file, ModelCard written) = Of([], model, card);
        file.Write(path);
        return written;
    }

    /// <summary>A model's file, with tensors that are no part of it.</summary>
    internal static (Safetensors File, ModelCard Card) Of(Dictionary<string, Tensor> more, Layer model, ModelCard? card)
    {
        ModelCard written = (card ?? new ModelCard()) with
        {
            Text = ModelText.Print(model),
            ModelHash = ModelHash.Of(model),
            Shared = model.Named.Names.Shared,
            Version = typeof(ModelFile).Assembly.GetName().Version!.ToString(3),
        };
        return (new(Numbers(model).Concat(more).ToDictionary(), ModelCardText.Write(written)), written);
    }

    /// <summary>Builds the model that a file holds.</summary>
    /// <exception cref="DataFormatException">The file is missing, damaged or no model, or its model has a layer of the
    /// user's own: then build the model in C# and use the other <see cref="Load(string, Layer)"/>.</exception>
    public static (Layer Model, ModelCard Card) Load(string path)
    {
        Safetensors file = Safetensors.Read(path);
        ModelCard card = Card(path, file);
        Layer model = Build(path, card);
        Fill(model, path, file);
        return (model, card);
    }

    /// <summary>Fills a model that was built in C# with the numbers of a file.</summary>
    /// <exception cref="DataFormatException">The file is missing or damaged, or holds another model.</exception>
    public static ModelCard Load(string path, Layer into)
    {
        Safetensors file = Safetensors.Read(path);
        ModelCard card = Card(path, file);
        Fill(into, path, file);
        return card;
    }

    /// <summary>Parameters and states by name.</summary>
    static Dictionary<string, Tensor> Numbers(Layer model)
    {
        Dictionary<string, Tensor> numbers = [];
        foreach (Parameter parameter in model.Parameters)
            numbers.Add(parameter.Name, KernelLayout.ToFile(parameter));
        foreach (State state in model.States)
            numbers.Add(state.Name, state.Value);
        return numbers;
    }

    internal static ModelCard Card(string path, Safetensors file)
    {
        try
        {
            return ModelCardText.Read(file.Metadata);
        }
        catch (FormatException error)
        {
            throw new DataFormatException(path, "metadata", error.Message, "Fetch or write the file again.", error);
        }
    }

    /// <summary>The model of a card's text, without its numbers.</summary>
    internal static Layer Build(string path, ModelCard card)
    {
        string text = card.Text;
        const string Mend = "Build the model in C# and fill it with ModelFile.Load(path, model).";
        if (text.Length == 0)
            throw new DataFormatException(path, "metadata", "there is no model text, so Hondo did not write it", Mend);
        try
        {
            Layer model = ModelText.Parse(text);
            if (card.Shared.Count > 0)
                model.Share(card.Shared);
            return model;
        }
        catch (CallTextException error)
        {
            throw new DataFormatException(path, "model text", error.Message, Mend, error);
        }
        catch (FormatException error)
        {
            throw new DataFormatException(path, "metadata", error.Message, Mend, error);
        }
    }

    // All shapes are compared before any memory is taken: a text can ask for a model of any size.
    internal static void Fill(Layer model, string path, Safetensors file)
    {
        Parts parts = model.Named;
        Dictionary<string, Shape> wanted = [];
        foreach (Parameter parameter in parts.AllParameters)
            wanted[parameter.Name] = KernelLayout.ShapeInFile(parameter);
        foreach (State state in parts.AllStates)
            wanted[state.Name] = state.Shape;
        new ModelMisfit(path, ModelText.Print(model)).Check(wanted, file.Tensors);
        if (parts.AllParameters.Count > 0 && parts.AllParameters.All(p => file.Tensors[p.Name].DType == DType.Float64))
            model.To(DType.Float64);
        foreach (Parameter parameter in parts.AllParameters)
            parameter.Set(KernelLayout.FromFile(parameter, As(parameter.DType, file.Tensors[parameter.Name])));
        foreach (State state in parts.AllStates)
            state.Set(As(state.DType, file.Tensors[state.Name]));
    }

    static Tensor As(DType type, Tensor values) => values.DType == type ? values
        : type == DType.Float64 ? Tensor.Of(values.ToArray<double>(), values.Shape)
        : Tensor.Of(Array.ConvertAll(values.ToArray<double>(), value => (float)value), values.Shape);
}

/// <summary>One short text for all numbers that a model has learned: equal models have equal hashes.</summary>
public static class ModelHash
{
    /// <summary>
    /// SHA-256 of the values of all parameters, in the order of <see cref="Layer.Parameters"/> and as they lie in
    /// memory (row-major, little-endian), as 64 hexadecimal digits.
    /// </summary>
    public static string Of(Layer model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Parameter parameter in model.Parameters)
            hash.AppendData(parameter.Leaf.Value.Bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

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
