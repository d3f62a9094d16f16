using System.Globalization;

namespace Hondo.Kernels;

/// <summary>
/// A length, a distance or a count of numbers while it is being computed: in 64 bits, and sums and products stop at
/// ±2⁶², so that none ever wraps to a harmless small one. Only <see cref="To"/> makes an int of it, and refuses what
/// spans cannot index. Shapes, ops and the kernels' borders compute sizes with it.
/// </summary>
public readonly record struct Extent : IComparable<Extent>
{
    /// <summary>The most numbers that an array, a tensor or a window can have.</summary>
    public const int Most = int.MaxValue;

    const long Bound = 1L << 62;

    readonly long _value;

    Extent(Int128 value) => _value = (long)Int128.Clamp(value, -Bound, Bound);

    /// <summary>True when it is a length that spans can index: 0 to <see cref="Most"/>.</summary>
    public bool Fits => _value is >= 0 and <= Most;

    /// <summary>A length.</summary>
    public static implicit operator Extent(int length) => new((Int128)length);

    /// <summary>A length.</summary>
    public static implicit operator Extent(long length) => new((Int128)length);

    /// <summary>One behind the other.</summary>
    public static Extent operator +(Extent a, Extent b) => new((Int128)a._value + b._value);

    /// <summary>What is left.</summary>
    public static Extent operator -(Extent a, Extent b) => new((Int128)a._value - b._value);

    /// <summary>As many times.</summary>
    public static Extent operator *(Extent a, Extent b) => new((Int128)a._value * b._value);

    /// <summary>How many whole times, of lengths from 0.</summary>
    public static Extent operator /(Extent a, Extent b) => new((Int128)(a._value / b._value));

    /// <summary>Less.</summary>
    public static bool operator <(Extent a, Extent b) => a._value < b._value;

    /// <summary>More.</summary>
    public static bool operator >(Extent a, Extent b) => a._value > b._value;

    /// <summary>Not more.</summary>
    public static bool operator <=(Extent a, Extent b) => a._value <= b._value;

    /// <summary>Not less.</summary>
    public static bool operator >=(Extent a, Extent b) => a._value >= b._value;

    /// <summary>The larger one.</summary>
    public static Extent Max(Extent a, Extent b) => a > b ? a : b;

    /// <summary>The smaller one.</summary>
    public static Extent Min(Extent a, Extent b) => a < b ? a : b;

    /// <summary>The product of lengths.</summary>
    public static Extent Product(params ReadOnlySpan<int> lengths)
    {
        Extent product = 1;
        foreach (int length in lengths)
            product *= length;
        return product;
    }

    /// <summary>It as an int.</summary>
    /// <param name="what">What it is, for the error: <c>"the windows of a pooling"</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below 0 or above <see cref="Most"/>.</exception>
    public int To(string what) => Fits ? (int)_value
        : throw new ArgumentOutOfRangeException(nameof(what), $"{what}: {this} is not from 0 to {Most}.");

    /// <inheritdoc/>
    public int CompareTo(Extent other) => _value.CompareTo(other._value);

    /// <summary>The number; "more than 4611686018427387904" where it stopped.</summary>
    public override string ToString() => (Math.Abs(_value) == Bound ? "more than " : "")
        + _value.ToString(CultureInfo.InvariantCulture);
}
