using System.Globalization;
using System.Runtime.CompilerServices;

namespace Hondo.Tensors;

/// <summary>
/// A size, stride or dilation of two axes: one number for both, <c>3</c>, or each its own, <c>[3, 5]</c>.
/// </summary>
/// <param name="Height">Along the height.</param>
/// <param name="Width">Along the width.</param>
[CollectionBuilder(typeof(Pair), nameof(Create))]
public readonly record struct Pair(int Height, int Width)
{
    /// <summary>The same for both axes.</summary>
    public static implicit operator Pair(int both) => new(both, both);

    /// <summary>The same for both axes.</summary>
    public static Pair FromInt32(int both) => both;

    /// <summary>A pair of one number for both axes or of two: <c>[3, 5]</c>.</summary>
    /// <exception cref="ArgumentException">There are more than two numbers, or none.</exception>
    public static Pair Create(ReadOnlySpan<int> numbers) => numbers switch
    {
        [var both] => new Pair(both, both),
        [var vertical, var horizontal] => new Pair(vertical, horizontal),
        _ => throw new ArgumentException($"A pair takes one number for both axes, or two: [vertical, horizontal]; it "
            + $"got {numbers.Length}."),
    };

    /// <summary>Refuses numbers below 1.</summary>
    /// <param name="name">What the pair is, for the error.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public Pair RequirePositive(string name) => Height >= 1 && Width >= 1
        ? this
        : throw new ArgumentOutOfRangeException(name, $"{name} is {this}, but must be at least 1.");

    /// <summary>Vertical, then horizontal.</summary>
    public IEnumerator<int> GetEnumerator()
    {
        yield return Height;
        yield return Width;
    }

    /// <inheritdoc/>
    public override string ToString() => Height == Width
        ? Height.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"[{Height}, {Width}]");
}
