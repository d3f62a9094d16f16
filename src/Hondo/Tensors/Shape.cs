using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Hondo.Kernels;

namespace Hondo.Tensors;

/// <summary>
/// The lengths of a tensor's axes, e.g. <c>[batch, height, width, channels]</c>. Written as a collection expression,
/// matched with list patterns, stored inline: a shape never allocates. <c>[]</c> is the shape of a scalar.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>, IReadOnlyList<int>
{
    /// <summary>The most axes that a tensor can have.</summary>
    public const int MaxRank = 6;

    readonly Axes _axes;

    Shape(ReadOnlySpan<int> axes)
    {
        if (axes.Length > MaxRank)
            throw new ShapeException($"A tensor has at most {MaxRank} axes, but [{Join(axes)}] has {axes.Length}.");
        foreach (int axis in axes)
            if (axis < 0)
                throw new ShapeException($"An axis cannot have a negative length, but got [{Join(axes)}].");
        Rank = axes.Length;
        axes.CopyTo(_axes);
        // Axes of length 0 are left out: every product of neighbouring axes is an int then, and every offset.
        Extent count = 1;
        foreach (int axis in axes)
            count *= Math.Max(1, axis);
        if (!count.Fits)
            throw new ShapeException($"A tensor of shape [{Join(axes)}] has {count} numbers, but at most {Extent.Most} "
                + "are possible.");
        Size = axes.Contains(0) ? 0 : count.To("a tensor");
    }

    /// <summary>The number of axes; 0 for a scalar.</summary>
    public int Rank { get; }

    /// <summary>How many numbers a tensor of this shape holds: the product of all axes; 1 for a scalar.</summary>
    public int Size { get; }

    /// <summary>The number of axes. List patterns use it: <c>shape is [var m, var n]</c>.</summary>
    public int Count => Rank;

    /// <summary>The length of an axis; <c>shape[^1]</c> is the last one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int this[int axis] => (uint)axis < (uint)Rank
        ? _axes[axis]
        : throw new ArgumentOutOfRangeException(nameof(axis), axis, $"Shape {this} has {Rank} axes.");

    /// <summary>The axes as a span that lives as long as this variable.</summary>
    [UnscopedRef]
    public ReadOnlySpan<int> AsSpan() => ((ReadOnlySpan<int>)_axes)[..Rank];

    /// <summary>Makes a shape of the given axis lengths.</summary>
    public static Shape Create(ReadOnlySpan<int> axes) => new(axes);

    /// <summary>The axes in a range: <c>shape.Slice(0, 2)</c>, and so <c>shape is [.., var n]</c>.</summary>
    public Shape Slice(int start, int length) => new(AsSpan().Slice(start, length));

    /// <summary>This shape with one axis of another length; a negative axis counts from the end.</summary>
    public Shape With(int axis, int length)
    {
        Span<int> axes = stackalloc int[MaxRank];
        AsSpan().CopyTo(axes);
        axes[Axis(axis)] = length;
        return new(axes[..Rank]);
    }

    /// <summary>This shape without one axis.</summary>
    public Shape Without(int axis)
    {
        axis = Axis(axis);
        Span<int> axes = stackalloc int[MaxRank];
        AsSpan()[..axis].CopyTo(axes);
        AsSpan()[(axis + 1)..].CopyTo(axes[axis..]);
        return new(axes[..(Rank - 1)]);
    }

    /// <summary>The shape of a batch of things of this shape.</summary>
    internal Shape Batched(int batch)
    {
        Span<int> axes = stackalloc int[MaxRank];
        axes[0] = batch;
        AsSpan().CopyTo(axes[1..]);
        return new(axes[..(Rank + 1)]);
    }

    /// <summary>The axis counted from the front: −1 is the last.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public int Axis(int axis) => axis >= -Rank && axis < Rank
        ? axis < 0 ? axis + Rank : axis
        : throw new ShapeException($"Axis {axis} does not exist in {this}: it has {Rank} axes, {-Rank} to {Rank - 1}.");

    /// <summary>The product of the axes before <paramref name="axis"/>.</summary>
    public int SizeBefore(int axis) => Product(AsSpan()[..axis]);

    /// <summary>The product of the axes after <paramref name="axis"/>.</summary>
    public int SizeAfter(int axis) => Product(AsSpan()[(axis + 1)..]);

    static int Product(ReadOnlySpan<int> axes)
    {
        int product = 1;
        foreach (int axis in axes)
            product *= axis;
        return product;
    }

    /// <inheritdoc/>
    public bool Equals(Shape other) => Rank == other.Rank && AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int axis in AsSpan())
            hash.Add(axis);
        return hash.ToHashCode();
    }

    /// <summary>True when the axes are the same.</summary>
    public static bool operator ==(Shape a, Shape b) => a.Equals(b);

    /// <summary>True when the axes differ.</summary>
    public static bool operator !=(Shape a, Shape b) => !a.Equals(b);

    /// <summary>The axes in brackets: <c>[32, 10]</c>.</summary>
    public override string ToString() => $"[{Join(AsSpan())}]";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator()
    {
        for (int i = 0; i < Rank; i++)
            yield return _axes[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    static string Join(ReadOnlySpan<int> axes) => string.Join(", ", axes.ToArray());

    [InlineArray(MaxRank)]
    struct Axes
    {
        int _first;
    }
}
