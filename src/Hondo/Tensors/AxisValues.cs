using System.Runtime.CompilerServices;

namespace Hondo.Tensors;

/// <summary>
/// One whole number for each axis, such as the order of a permutation: an op's attribute, equal by value.
/// </summary>
[CollectionBuilder(typeof(AxisValues), nameof(Create))]
public readonly struct AxisValues : IEquatable<AxisValues>
{
    readonly Values _values;

    AxisValues(ReadOnlySpan<int> values)
    {
        if (values.Length > Shape.MaxRank)
            throw new ShapeException($"A tensor has at most {Shape.MaxRank} axes, but {values.Length} numbers "
                + $"were given.");
        Count = values.Length;
        values.CopyTo(_values);
    }

    /// <summary>How many axes.</summary>
    public int Count { get; }

    /// <summary>The number of an axis.</summary>
    public int this[int axis] => _values[axis];

    /// <summary>Makes one of the given numbers.</summary>
    public static AxisValues Create(ReadOnlySpan<int> values) => new(values);

    /// <summary>What each step along an axis of a row-major tensor passes.</summary>
    internal static AxisValues StridesOf(Shape shape)
    {
        Span<int> strides = stackalloc int[Shape.MaxRank];
        for (int axis = shape.Rank - 1, stride = 1; axis >= 0; stride *= shape[axis], axis--)
            strides[axis] = stride;
        return Create(strides[..shape.Rank]);
    }

    /// <summary>The numbers, axis by axis.</summary>
    public IEnumerator<int> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return _values[i];
    }

    /// <inheritdoc/>
    public bool Equals(AxisValues other) =>
        Count == other.Count
        && ((ReadOnlySpan<int>)_values)[..Count].SequenceEqual(((ReadOnlySpan<int>)other._values)[..Count]);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AxisValues other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        for (int i = 0; i < Count; i++)
            hash.Add(_values[i]);
        return hash.ToHashCode();
    }

    /// <summary>True when the numbers are the same.</summary>
    public static bool operator ==(AxisValues a, AxisValues b) => a.Equals(b);

    /// <summary>True when the numbers differ.</summary>
    public static bool operator !=(AxisValues a, AxisValues b) => !a.Equals(b);

    /// <summary>The numbers in brackets.</summary>
    public override string ToString() => $"[{string.Join(", ", ((ReadOnlySpan<int>)_values)[..Count].ToArray())}]";

    [InlineArray(Shape.MaxRank)]
    struct Values
    {
        int _first;
    }
}
