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
    /// <param name="more">Those tensors.</param>
    /// <param name="model">The model.</param>
    /// <param name="card">What to say about it.</param>
    /// <param name="isCopied">True when the file is to stay as it is while the model learns on.</param>
    internal static (Safetensors File, ModelCard Card) Of(Dictionary<string, Tensor> more, Layer model, ModelCard? card,
        bool isCopied = false)
    {
        ModelCard written = (card ?? new ModelCard()) with
        {
            Text = ModelText.Print(model),
            ModelHash = ModelHash.Of(model),
            Shared = model.Named.Names.Shared,
            Version = typeof(ModelFile).Assembly.GetName().Version!.ToString(3),
        };
        IEnumerable<KeyValuePair<string, Tensor>> numbers = Numbers(model);
        if (isCopied)
            numbers = numbers.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Keep()));
        return (new(numbers.Concat(more).ToDictionary(), ModelCardText.Write(written)), written);
    }

    /// <summary>Builds the model that a file holds.</summary>
    /// <exception cref="DataFormatException">The file is missing, damaged or no model, or its model has a layer of the
    /// user's own: then build the model in C# and use the other <see cref="Load(string, Layer)"/>.</exception>
    public static (Layer Model, ModelCard Card) Load(string path)
    {
        Safetensors file = Safetensors.Read(path);
        ModelCard card = Card(path, file);
        Layer model = Build(path, card);
        new ModelNumbers(model, path).Fill(file, new());
        return (model, card);
    }

    /// <summary>Fills a model that was built in C# with the numbers of a file.</summary>
    /// <exception cref="DataFormatException">The file is missing or damaged, or holds another model.</exception>
    public static ModelCard Load(string path, Layer into)
    {
        Safetensors file = Safetensors.Read(path);
        ModelCard card = Card(path, file);
        new ModelNumbers(into, path).Fill(file, new());
        return card;
    }

    /// <summary>
    /// Fills a model that was built in C# with numbers of a file, of Hondo or another program such as PyTorch
    /// (<c>safetensors.torch.save_file(model.state_dict(), path)</c>): some of them, or under other names.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="into">The model.</param>
    /// <param name="options">What may be missing, and how names are changed.</param>
    /// <returns>What was loaded and what was not.</returns>
    /// <exception cref="DataFormatException">The file is missing or damaged; or something does not fit, and
    /// <see cref="LoadOptions.Strict"/> is true.</exception>
    public static LoadReport Load(string path, Layer into, LoadOptions options) =>
        new ModelNumbers(into, path).Fill(Safetensors.Read(path), options);

    /// <summary>
    /// Writes a model's numbers as PyTorch's <c>state_dict</c>, with PyTorch's names and layouts:
    /// <c>model.load_state_dict(safetensors.torch.load_file(path))</c> reads it.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="path">Where, by custom <c>NAME.safetensors</c>; its folder exists.</param>
    /// <param name="inputShape">The shape of one sample, e.g. <c>[28, 28, 1]</c>. A model that flattens images needs
    /// it: PyTorch flattens channels first.</param>
    /// <param name="rename">PyTorch's name for each name of the model, where they differ.</param>
    /// <exception cref="ArgumentException">The model flattens images, but their shape was not given; or two tensors
    /// get one name.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveStateDict(Layer model, string path, Shape? inputShape = null,
        Func<string, string>? rename = null)
    {
        FlattenOrder order = FlattenOrder.Of(model, inputShape);
        Dictionary<string, Tensor> numbers = [];
        foreach ((string name, Tensor values) in Numbers(model))
            if (!numbers.TryAdd(rename?.Invoke(name) ?? name, order.ToFile(name, values)))
                throw new ArgumentException($"{rename?.Invoke(name)} would be the name of two tensors, one of them "
                    + $"{name}: rename each to a name of its own.", nameof(rename));
        new Safetensors(numbers, new Dictionary<string, string> { ["format"] = "pt" }).Write(path);
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
