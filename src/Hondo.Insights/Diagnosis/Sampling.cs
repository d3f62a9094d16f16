using System.Runtime.CompilerServices;

namespace Hondo.Insights;

/// <summary>
/// Which of many numbers are looked at: one of each stretch, at a place drawn by a hash. Evenly spaced ones would keep
/// to the same pixel of every picture, or to a few columns of a matrix, whenever their distance divides the layout.
/// </summary>
/// <param name="count">How many numbers there are.</param>
/// <param name="most">How many are looked at, at most.</param>
readonly struct Sampling(int count, int most)
{
    readonly int _stretch = Math.Max(1, (count + most - 1) / most);

    /// <summary>How many are looked at.</summary>
    public int Count => (count + _stretch - 1) / _stretch;

    /// <summary>Where the i-th of them is; another draw for each <paramref name="round"/>.</summary>
    public int this[int i, int round = 0]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            int start = i * _stretch, length = Math.Min(_stretch, count - start);
            // Murmur's finalizer: every bit of the place and of the round moves every bit of the draw.
            uint h = (uint)i * 0x9e3779b1 + (uint)round * 0x85ebca6b;
            h = (h ^ (h >> 16)) * 0x85ebca6b;
            h = (h ^ (h >> 13)) * 0xc2b2ae35;
            return start + (int)(((ulong)(h ^ (h >> 16)) * (uint)length) >> 32);
        }
    }
}
