using Hondo.Data;
using Hondo.Layers;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Models;

/// <summary>The networks that a text can name. Their sizes follow from the data.</summary>
public static class ModelCatalog
{
    /// <summary>
    /// All of them; a new model is one line here. Each gives its network once it is told the shape of one sample and
    /// how many outputs the data asks for.
    /// </summary>
    public static Catalog<Func<Shape, int, Layer>> All { get; } = new("model",
    [
        Line("linear()", (_, input, outputs) => FeedForward.Linear(input, outputs)),
        Line("logistic()", (_, input, outputs) => FeedForward.Logistic(input, outputs)),
        Line("softmax()", (_, input, outputs) => FeedForward.Softmax(input, outputs)),
        Line("mlp(hidden: [512, 512], activation: Relu(), dropout: 0.2)", (a, input, outputs) =>
            FeedForward.Mlp(input, outputs, a.Ints("hidden"), () => a.Build("activation", LayerCatalog.All),
                a.Number("dropout"))),
    ]);

    const int ShakespeareTokens = 65;

    /// <summary>The model of a name, <c>mlp(hidden: [64])</c>, or of a whole text, <c>Sequential(…)</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="input">The shape of one sample.</param>
    /// <param name="outputs">Classes, or numbers to predict.</param>
    /// <exception cref="CallTextException">The text is malformed, or a name or argument is not known.</exception>
    public static Layer Parse(string text, Shape input, int outputs)
    {
        Term term = CallText.Parse(text);
        return IsLayer(term) ? LayerCatalog.All.Build(term) : All.Build(term)(input, outputs);
    }

    /// <summary>What a named network was made for: the shape of a sample and the classes, for summaries.</summary>
    /// <param name="text">A name, perhaps with arguments; others get MNIST's 28×28 pixels and ten classes.</param>
    public static (Shape Sample, int Outputs) UsualData(string text) =>
        text.Split('(')[0].Trim().ToLowerInvariant() switch
        {
            "alexnet" => ([227, 227, 3], 1000),
            "squeezenet" or "squeezenet10" or "mobilenet" => ([224, 224, 3], 1000),
            "unet" => ([64, 64, 3], 2),
            "resnet" or "resnet20" => ([32, 32, 3], 10),
            "char-gru" or "char-lstm" or "char-rnn" => ([50], ShakespeareTokens),
            "char-transformer" => ([128], ShakespeareTokens),
            _ => ([28, 28, 1], 10),
        };

    // Linear(784, 10) is a layer and linear a model: between the two the case decides, else it does not matter.
    static bool IsLayer(Term term) => LayerCatalog.All.Knows(term, StringComparison.Ordinal)
        || (!All.Knows(term) && (LayerCatalog.All.Knows(term) || char.IsUpper(term.ToString()![0])));

    internal static CatalogLine<Func<Shape, int, Layer>> Line(string signature,
        Func<Arguments, Shape, int, Layer> make) =>
        new(signature, arguments => (input, outputs) => arguments.Try(() => make(arguments, input, outputs)));
}

/// <summary><c>model.Save("digits.safetensors")</c> and <c>Layer.Load("digits.safetensors")</c>.</summary>
public static class SavedModel
{
    extension(Layer model)
    {
        /// <inheritdoc cref="ModelFile.Save"/>
        public ModelCard Save(string path, ModelCard? card = null) => ModelFile.Save(model, path, card);

        /// <summary>Fills this model with the numbers of a file.</summary>
        /// <returns>This model.</returns>
        /// <exception cref="DataFormatException">The file is missing or damaged, or holds another model.</exception>
        public Layer LoadFrom(string path)
        {
            ModelFile.Load(path, into: model);
            return model;
        }

        /// <summary>Builds the model that a file holds.</summary>
        /// <exception cref="DataFormatException">The file is missing or damaged, or holds no model that can be built
        /// from its text.</exception>
        public static Layer Load(string path) => ModelFile.Load(path).Model;
    }
}
