using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;
using BatchNorm = Hondo.Layers.BatchNorm;
using Linear = Hondo.Layers.Linear;

namespace Hondo.Models;

/// <summary>
/// Batch norms folded into the convolutions and linear layers before them, for a model that is only used: with running
/// statistics a batch norm is y = a·x + c, channel by channel, which scaled weights and another bias do at no cost.
/// </summary>
public static class Folding
{
    extension(Layer model)
    {
        /// <summary>
        /// A model for inference with the same outputs up to rounding; this one stays as it is. Layers without a batch
        /// norm behind them are shared with it.
        /// </summary>
        public Layer Folded() => model switch
        {
            _ when !model.Layers.Any(layer => layer is BatchNorm) => model,
            Sequential layers => Fold(layers),
            Residual residual => new Residual(residual.Body.Folded(), residual.Shortcut?.Folded()),
            Concat branches => new Concat([.. branches.All.Select(branch => branch.Folded())]),
            _ => model,
        };
    }

    static Sequential Fold(Sequential layers)
    {
        List<Layer> folded = [];
        for (int i = 0; i < layers.Count; i++)
        {
            Layer? joined = i + 1 < layers.Count && layers[i + 1] is BatchNorm norm ? Join(layers[i], norm) : null;
            folded.Add(joined ?? layers[i].Folded());
            i += joined is null ? 0 : 1;
        }
        return new([.. folded]);
    }

    static Layer? Join(Layer layer, BatchNorm norm)
    {
        (double[] factor, double[] shift) = Line(norm);
        switch (layer)
        {
            case Conv2d convolution:
                Conv2d joined = convolution.WithBias();
                Fill(joined.Weight, convolution.Weight, factor, outputsAreLast: true);
                Fill(joined.Bias!, convolution.Bias, factor, shift);
                return joined;
            case Linear linear:
                var line = new Linear(linear.Weight.Shape[1], linear.Weight.Shape[0]);
                line.To(linear.Weight.DType);
                Fill(line.Weight, linear.Weight, factor, outputsAreLast: false);
                Fill(line.Bias!, linear.Bias, factor, shift);
                return line;
            default:
                return null;
        }
    }

    // a = γ / √(σ² + ε) and c = β − a·μ.
    static (double[] Factor, double[] Shift) Line(BatchNorm norm)
    {
        double[] mean = norm.Mean.Value.ToArray<double>(), variance = norm.Variance.Value.ToArray<double>();
        double[]? gamma = norm.Scale?.Value.ToArray<double>(), beta = norm.Shift?.Value.ToArray<double>();
        double[] factor = new double[mean.Length], shift = new double[mean.Length];
        for (int c = 0; c < mean.Length; c++)
        {
            factor[c] = (gamma?[c] ?? 1) / Math.Sqrt(variance[c] + norm.Epsilon);
            shift[c] = (beta?[c] ?? 0) - factor[c] * mean[c];
        }
        return (factor, shift);
    }

    static void Fill(Parameter into, Parameter from, double[] factor, bool outputsAreLast)
    {
        double[] numbers = from.Value.ToArray<double>();
        int inner = outputsAreLast ? 1 : numbers.Length / factor.Length;
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] *= factor[i / inner % factor.Length];
        Set(into, numbers);
    }

    static void Fill(Parameter into, Parameter? from, double[] factor, double[] shift)
    {
        double[] bias = from?.Value.ToArray<double>() ?? new double[factor.Length];
        for (int c = 0; c < bias.Length; c++)
            bias[c] = bias[c] * factor[c] + shift[c];
        Set(into, bias);
    }

    static void Set(Parameter into, double[] numbers) =>
        into.Set(Tensor.Of(numbers, into.Shape).To(into.DType));
}
