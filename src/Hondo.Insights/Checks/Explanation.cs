namespace Hondo.Autograd;

/// <summary>
/// Why a network answers as it does for one picture: how much each pixel counts (saliency: Simonyan et al. 2014,
/// arXiv:1312.6034), and which places speak for the class (Grad-CAM: Selvaraju et al. 2017, arXiv:1610.02391).
/// </summary>
public sealed class Explanation
{
    Explanation(int target, double[] scores, HeatMap saliency, HeatMap? places, IReadOnlyList<FeatureMaps> maps) =>
        (Target, Scores, Saliency, Places, Maps) = (target, scores, saliency, places, maps);

    /// <summary>The output that is explained.</summary>
    public int Target { get; }

    /// <summary>All outputs of the network: raw scores.</summary>
    public IReadOnlyList<double> Scores { get; }

    /// <summary>max over channels of |d score / d pixel|, <c>[height, width]</c>.</summary>
    public HeatMap Saliency { get; }

    /// <summary>
    /// Grad-CAM, relu(Σ map · mean of d score / d map) over the last maps with an extent; null for a network without
    /// such maps.
    /// </summary>
    public HeatMap? Places { get; }

    /// <summary>What the layers of a <see cref="Sequential"/> make of the picture, as long as they keep its extent.
    /// </summary>
    public IReadOnlyList<FeatureMaps> Maps { get; }

    /// <summary>Explains one output.</summary>
    /// <param name="model">A network from a picture to scores.</param>
    /// <param name="picture">The numbers of a picture, normalized as in training.</param>
    /// <param name="shape">Its shape, <c>[height, width, channels]</c>.</param>
    /// <param name="target">The output to explain, or null for the largest.</param>
    /// <exception cref="ArgumentException">The shape is not that of a picture, or there is no such output.</exception>
    public static Explanation Of(Layer model, ReadOnlySpan<float> picture, Shape shape, int? target = null)
    {
        if (shape is not [var height, var width, var channels])
            throw new ArgumentException($"Only pictures [height, width, channels] can be explained, not {shape}.",
                nameof(shape));
        Tensor input = Tensor.Of(picture.ToArray(), [1, height, width, channels]);
        double[] scores = model.Forward(input).ToArray<double>();
        int chosen = target ?? Array.IndexOf(scores, scores.Max());
        if ((uint)chosen >= (uint)scores.Length)
            throw new ArgumentException($"There is no output {chosen}: the network has {scores.Length}.",
                nameof(target));
        var pixels = Parameter.Of(input);
        GraphGate? last = LastMaps(model, pixels, chosen);
        return new(chosen, scores, SaliencyOf(pixels.Gradient.ToArray<float>(), channels, height, width),
            last is null ? null : PlacesOf(last.Value, last.Gradient!.Value.ToArray<float>()),
            model is Sequential layers ? MapsOf(layers, input) : []);
    }

    // What the layers make of the picture, as long as it has an extent.
    static List<FeatureMaps> MapsOf(Sequential layers, Tensor x)
    {
        List<FeatureMaps> maps = [];
        for (int i = 0; i < layers.Count - 1; i++)
        {
            x = layers[i].Forward(x);
            if (x.Shape is [_, var height, var width, var channels] && height * width > 1)
                maps.Add(new(layers[i].ToString()!, x.ToArray<float>(), height, width, channels));
        }
        return maps;
    }

    // Grad-CAM looks at the last result with an extent, whatever layers the model has; one that only lies otherwise is
    // none of its own.
    static GraphGate? LastMaps(Layer model, Parameter pixels, int target)
    {
        using var step = new Tape().Open(new(Mode.Inference, 0, 0));
        Tensor output = model.Forward(pixels);
        var chosen = new float[output.Size];
        chosen[target] = 1;
        Tensor score = (output * Tensor.Of(chosen, output.Shape)).Sum();
        score.Backward(BackwardOptions.KeepAll);
        return ComputationGraph.Of(score).Gates.LastOrDefault(gate => gate is { IsInput: false, Gradient: not null }
            && gate.Value.Shape is [1, var height, var width, _] && height * width > 1
            && gate.Label is not ("Transpose" or "Reshape"));
    }

    static HeatMap SaliencyOf(float[] gradient, int channels, int height, int width)
    {
        var values = new float[height * width];
        for (int i = 0; i < gradient.Length; i++)
            values[i / channels] = Math.Max(values[i / channels], Math.Abs(gradient[i]));
        return new(values, height, width);
    }

    static HeatMap PlacesOf(Tensor maps, float[] gradient)
    {
        int height = maps.Shape[1], width = maps.Shape[2], channels = maps.Shape[3];
        var weights = new double[channels];
        for (int i = 0; i < gradient.Length; i++)
            weights[i % channels] += gradient[i] / (double)(height * width);
        float[] numbers = maps.ToArray<float>();
        var places = new float[height * width];
        for (int at = 0; at < places.Length; at++)
        {
            double sum = 0;
            for (int c = 0; c < channels; c++)
                sum += weights[c] * numbers[at * channels + c];
            places[at] = (float)Math.Max(sum, 0);
        }
        return new(places, height, width);
    }
}

/// <summary>What one layer makes of a picture.</summary>
/// <param name="Layer">The layer, as the C# that makes it.</param>
/// <param name="Values">Its output, <c>[height, width, channels]</c>.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">How many maps.</param>
public sealed record FeatureMaps(string Layer, IReadOnlyList<float> Values, int Height, int Width, int Channels);

/// <summary>A number from 0 for each place of a picture.</summary>
/// <param name="Values">Row by row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public sealed record HeatMap(IReadOnlyList<float> Values, int Height, int Width);
