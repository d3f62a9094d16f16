namespace Hondo.Data;

/// <summary>Along one axis: which old pixels make each new one, and with which weights, which add up to 1.</summary>
sealed class ResizeWeights
{
    readonly int[] _start, _length;
    readonly float[] _weights;
    readonly int _stride;

    /// <param name="size">Old pixels.</param>
    /// <param name="from">Where the part of them starts that is shown.</param>
    /// <param name="extent">How many of them are shown.</param>
    /// <param name="count">New pixels.</param>
    /// <param name="interpolation">The filter.</param>
    public ResizeWeights(int size, double from, double extent, int count, Interpolation interpolation)
    {
        double step = extent / count, spread = Math.Max(step, 1);
        double reach = spread * (interpolation == Interpolation.Bilinear ? 1 : 2);
        (_stride, Count) = ((int)Math.Ceiling(reach) * 2 + 1, count);
        (_start, _length, _weights) = (new int[count], new int[count], new float[count * _stride]);
        for (int i = 0; i < count; i++)
        {
            double middle = from + (i + 0.5) * step;
            int start = Math.Max(0, (int)(middle - reach + 0.5)), end = Math.Min(size, (int)(middle + reach + 0.5));
            (_start[i], _length[i]) = (start, end - start);
            Fill(_weights.AsSpan(i * _stride, end - start), start + 0.5 - middle, spread, interpolation);
        }
    }

    /// <summary>New pixels.</summary>
    public int Count { get; }

    static void Fill(Span<float> weights, double first, double spread, Interpolation interpolation)
    {
        double sum = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            double x = Math.Abs(first + k) / spread;
            double weight = interpolation == Interpolation.Bilinear ? Math.Max(0, 1 - x)
                : x < 1 ? (1.5 * x - 2.5) * x * x + 1
                : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
            weights[k] = (float)weight;
            sum += weight;
        }
        for (int k = 0; k < weights.Length; k++)
            weights[k] = (float)(weights[k] / sum);
    }

    /// <summary>The weights of a new pixel, and the old pixel that the first is for.</summary>
    public ReadOnlySpan<float> At(int i, out int start)
    {
        start = _start[i];
        return _weights.AsSpan(i * _stride, _length[i]);
    }

    /// <summary>The new pixels that an old one has a part in.</summary>
    public (int First, int End) UsedBy(int old)
    {
        // Both ends only grow from one new pixel to the next.
        int first = 0;
        while (first < Count && _start[first] + _length[first] <= old)
            first++;
        int end = first;
        while (end < Count && _start[end] <= old)
            end++;
        return (first, end);
    }

    /// <summary>The weight of an old pixel in a new one that it has a part in.</summary>
    public float Of(int i, int old) => _weights[i * _stride + old - _start[i]];
}
