namespace Hondo.Data;

/// <summary>Loops over the numbers of a picture that several transforms need.</summary>
static class Pixels
{
    /// <summary>y = mean + (x − mean) · factor, kept within 0 to 1.</summary>
    public static void Stretch(Span<float> sample, float mean, float factor)
    {
        for (int i = 0; i < sample.Length; i++)
            sample[i] = Math.Clamp(mean + (sample[i] - mean) * factor, 0, 1);
    }

    /// <summary>The mean of every step-th number.</summary>
    public static float Mean(ReadOnlySpan<float> sample, int first = 0, int step = 1)
    {
        double sum = 0;
        int count = 0;
        for (int i = first; i < sample.Length; i += step, count++)
            sum += sample[i];
        return (float)(sum / count);
    }
}
