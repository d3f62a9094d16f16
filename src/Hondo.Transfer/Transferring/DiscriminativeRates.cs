using Hondo.Layers;
using Hondo.Optimizers;

namespace Hondo.Transfer;

/// <summary>Learning rates that fall from a model's end to its beginning.</summary>
public static class DiscriminativeRates
{
    extension(Optimizer optimizer)
    {
        /// <summary>
        /// Discriminative rates: the last layer keeps the optimizer's learning rate, and each one before it has that of
        /// the next divided by a factor, as a <see cref="ParameterGroup"/> named after its path; layers without
        /// parameters do not count (Howard and Ruder 2018, arXiv:1801.06146, who divide by 2.6).
        /// </summary>
        /// <param name="layers">The layers from input to output; a <see cref="Sequential"/> is such a list.</param>
        /// <param name="factor">What to divide by, above 0.</param>
        /// <exception cref="ArgumentException">A parameter is in a group already, or not in the optimizer.</exception>
        public void UseDiscriminativeRates(IReadOnlyList<Layer> layers, double factor = 2.6)
        {
            if (!(factor > 0 && double.IsFinite(factor)))
                throw new ArgumentOutOfRangeException(nameof(factor), factor,
                    "The factor between the rates of two layers is a number above 0, e.g. 2.6.");
            double rate = optimizer.InitialLearningRate;
            for (int i = layers.Count - 1; i >= 0; i--)
            {
                if (layers[i].Parameters.Count == 0)
                    continue;
                optimizer.Groups.Add(new(layers[i].Parameters, rate) { Name = NameOf(layers[i]) });
                rate /= factor;
            }
        }
    }

    static string NameOf(Layer layer) => layer.Path.Length > 0 ? layer.Path : layer.Parameters[0].Name;
}
