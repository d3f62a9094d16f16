using System.Text.Json;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// y = (x − mean) / deviation, with mean and deviation of the training samples (LeCun, Bottou, Orr, Müller 1998,
/// "Efficient BackProp", §4.3). A feature that never varied in training becomes 0. Fitted once, kept with the model.
/// </summary>
public sealed class Normalization
{
    readonly float[] _mean;
    readonly float[] _deviation;

    /// <summary>A normalization by known numbers.</summary>
    /// <param name="mean">One for each feature (or channel), or one for all.</param>
    /// <param name="deviation">As many; 0 for a feature that never varies.</param>
    /// <exception cref="ArgumentException">They differ in length, or are not finite, or a deviation is negative.
    /// </exception>
    public Normalization(ReadOnlySpan<float> mean, ReadOnlySpan<float> deviation)
    {
        if (mean.Length != deviation.Length || mean.Length == 0)
            throw new ArgumentException($"Normalization needs one deviation for each mean, but got {mean.Length} means "
                + $"and {deviation.Length} deviations.", nameof(deviation));
        for (int i = 0; i < mean.Length; i++)
            if (!float.IsFinite(mean[i]) || !float.IsFinite(deviation[i]) || deviation[i] < 0)
                throw new ArgumentException("Normalization needs finite means and deviations of 0 or more, but got "
                    + $"mean {mean[i]} and deviation {deviation[i]} for feature {i}.", nameof(deviation));
        (_mean, _deviation) = (mean.ToArray(), deviation.ToArray());
    }

    /// <summary>The means.</summary>
    public ReadOnlySpan<float> Mean => _mean;

    /// <summary>The standard deviations (of all values, divided by n); 0 for a feature that never varies.</summary>
    public ReadOnlySpan<float> Deviation => _deviation;

    /// <summary>Fits one mean and deviation for each feature of the last axis: each column, or each channel.</summary>
    /// <param name="train">The training part, and nothing else: dev and test must stay unseen.</param>
    public static Normalization Fit(Dataset train) => Fit(train, train.Sample[^1]);

    /// <summary>Fits one mean and deviation for everything.</summary>
    /// <param name="train">The training part.</param>
    public static Normalization FitWhole(Dataset train) => Fit(train, 1);

    /// <summary>Fits one mean and deviation for each number of a sample: each pixel of an image.</summary>
    /// <param name="train">The training part.</param>
    public static Normalization FitEachNumber(Dataset train) => Fit(train, train.Sample.Size);

    static Normalization Fit(Dataset train, int features)
    {
        (double[] mean, double[] deviation) = train.Features.Moments(train, features);
        return new(Array.ConvertAll(mean, m => (float)m), Array.ConvertAll(deviation, d => (float)d));
    }

    /// <summary>Normalizes one sample, in natural units, in place.</summary>
    /// <exception cref="ArgumentException">The sample's last axis does not fit.</exception>
    public void Apply(Span<float> sample)
    {
        Check(sample.Length);
        for (int i = 0; i < sample.Length; i++)
        {
            int f = i % _mean.Length;
            sample[i] = _deviation[f] == 0 ? 0 : (sample[i] - _mean[f]) / _deviation[f];
        }
    }

    /// <summary>What a gather subtracts from and multiplies each stored number of a sample with.</summary>
    internal static (float[] Center, float[] Gain) Scale(Normalization? normalization, Shape sample, double unit)
    {
        float[] center = new float[sample.Size], gain = new float[sample.Size];
        normalization?.Check(sample.Size);
        for (int i = 0; i < gain.Length; i++)
        {
            int f = normalization is null ? 0 : i % normalization._mean.Length;
            center[i] = normalization is null ? 0 : (float)(normalization._mean[f] / unit);
            gain[i] = normalization is null ? (float)unit
                : normalization._deviation[f] == 0 ? 0 : (float)(unit / normalization._deviation[f]);
        }
        return (center, gain);
    }

    void Check(int size)
    {
        if (size % _mean.Length != 0)
            throw new ArgumentException($"This normalization was fitted on samples of {_mean.Length} features, but got "
                + $"a sample of {size} numbers. Was the model trained on other data?", nameof(size));
    }

    /// <summary>The normalization as text, exact to the bit: <c>{"mean":[0.1306604],"deviation":[0.3081078]}</c>.
    /// </summary>
    public string ToText()
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            Write(json, "mean", _mean);
            Write(json, "deviation", _deviation);
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(memory.ToArray());

        static void Write(Utf8JsonWriter json, string name, float[] values)
        {
            json.WriteStartArray(name);
            foreach (float value in values)
                json.WriteNumberValue(value);
            json.WriteEndArray();
        }
    }

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a normalization.</exception>
    public static Normalization Parse(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return new(Read("mean"), Read("deviation"));

            float[] Read(string name) =>
                [.. json.RootElement.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or ArgumentException)
        {
            throw new FormatException($"This is no normalization ({e.Message.TrimEnd('.')}). Expected a text such as "
                + "{\"mean\":[0.13],\"deviation\":[0.31]}.", e);
        }
    }
}
