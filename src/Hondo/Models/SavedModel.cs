using Hondo.Data;
using Hondo.Layers;
using Hondo.Storage;

namespace Hondo.Models;

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
