using Hondo.Kernels;

namespace Hondo.Data;

/// <summary>Means and standard deviations of features, in float64 and in one order: the same bits everywhere.</summary>
static class Moments
{
    const int ByteValues = 256;

    // A mean of so many samples is as good as one of all; reading all of a large set would take as long as an epoch.
    const int MostRead = 2048, ReadAtOnce = 32;

    // Counting how often each byte occurs is one pass of whole numbers, four times as fast as two of float64.
    internal static (double[] Mean, double[] Deviation) OfBytes(Dataset data, int features)
    {
        var counts = new int[features * ByteValues];
        for (int i = 0; i < data.Count; i++)
        {
            ReadOnlySpan<byte> sample = data.Features.Stored(data.Row(i));
            for (int at = 0; at < sample.Length; at += features)
                for (int f = 0; f < features; f++)
                    counts[f * ByteValues + sample[at + f]]++;
        }
        double[] mean = new double[features], deviation = new double[features];
        double count = (double)data.Count * data.Sample.Size / features, unit = data.Features.Unit;
        for (int f = 0; f < features; f++)
        {
            ReadOnlySpan<int> of = counts.AsSpan(f * ByteValues, ByteValues);
            double sum = 0, spread = 0;
            for (int value = 0; value < ByteValues; value++)
                sum += (double)value * of[value];
            for (int value = 0; value < ByteValues; value++)
                spread += (value - sum / count) * (value - sum / count) * of[value];
            (mean[f], deviation[f]) = (sum / count * unit, Math.Sqrt(spread / count) * unit);
        }
        return (mean, deviation);
    }

    // Two passes: the difference of Σx² and n·mean² would lose a small spread around a large mean.
    internal static (double[] Mean, double[] Deviation) OfNumbers(Dataset data, int features)
    {
        var sample = new float[data.Sample.Size];
        double[] mean = new double[features], spread = new double[features];
        float[] least = new float[features], most = new float[features];
        least.AsSpan().Fill(float.PositiveInfinity);
        most.AsSpan().Fill(float.NegativeInfinity);
        double count = (double)data.Count * sample.Length / features;
        for (int i = 0; i < data.Count; i++)
        {
            data.CopySample(i, sample);
            for (int at = 0; at < sample.Length; at += features)
                for (int f = 0; f < features; f++)
                {
                    float x = sample[at + f];
                    mean[f] += x;
                    (least[f], most[f]) = (Math.Min(least[f], x), Math.Max(most[f], x));
                }
        }
        for (int f = 0; f < features; f++)
            mean[f] = least[f] == most[f] ? least[f] : mean[f] / count;
        for (int i = 0; i < data.Count; i++)
        {
            data.CopySample(i, sample);
            for (int at = 0; at < sample.Length; at += features)
                for (int f = 0; f < features; f++)
                    spread[f] += (sample[at + f] - mean[f]) * (sample[at + f] - mean[f]);
        }
        return (mean, Array.ConvertAll(spread, s => Math.Sqrt(s / count)));
    }

    // One pass over samples of which each is read once, as differences to the first number, so that little is lost.
    internal static (double[] Mean, double[] Deviation) OfRead(Dataset data, int features)
    {
        int[] rows = SomeRows(data);
        int size = data.Sample.Size;
        double[] sum = new double[features], squares = new double[features];
        float[] first = new float[size], chunk = new float[ReadAtOnce * size];
        data.Features.CopyTo(rows[0], first);
        for (int start = 0; start < rows.Length; start += ReadAtOnce)
        {
            ArraySegment<int> some = new(rows, start, Math.Min(ReadAtOnce, rows.Length - start));
            Workers.Run(some.Count, new Reading(data, some, chunk));
            for (int at = 0; at < some.Count * size; at += features)
                for (int f = 0; f < features; f++)
                {
                    double x = chunk[at + f] - (double)first[f];
                    (sum[f], squares[f]) = (sum[f] + x, squares[f] + x * x);
                }
        }
        double count = (double)rows.Length * size / features;
        double[] mean = new double[features], deviation = new double[features];
        for (int f = 0; f < features; f++)
        {
            double shift = sum[f] / count;
            (mean[f], deviation[f]) = (first[f] + shift, Math.Sqrt(Math.Max(0, squares[f] / count - shift * shift)));
        }
        return (mean, deviation);
    }

    static int[] SomeRows(Dataset data)
    {
        var order = new int[data.Count];
        RowOrder.Fill(order, seed: 0, round: 0);
        int[] rows = order.Length <= MostRead ? order : order[..MostRead];
        Array.Sort(rows);
        return Array.ConvertAll(rows, data.Row);
    }

    readonly struct Reading(Dataset data, ArraySegment<int> rows, float[] chunk) : IJob
    {
        public void Run(int i) =>
            data.Features.CopyTo(rows[i], chunk.AsSpan(i * data.Sample.Size, data.Sample.Size));
    }
}
