using System.Globalization;
using System.Runtime.CompilerServices;

namespace Hondo.Tensors;

/// <summary>
/// Zeros around an image: <c>1</c> on every side, <c>[1, 2]</c> above and below, left and right,
/// <c>[1, 2, 3, 4]</c> above, left, below, right; or <see cref="Same"/>.
/// </summary>
/// <param name="Vertical">Above and below.</param>
/// <param name="Horizontal">To the left and to the right.</param>
[CollectionBuilder(typeof(Padding), nameof(Create))]
public readonly record struct Padding(AxisPadding Vertical, AxisPadding Horizontal)
{
    /// <summary>On both axes <see cref="AxisPadding.Same"/>.</summary>
    public static Padding Same { get; } = new(AxisPadding.Same, AxisPadding.Same);

    /// <summary>As many on every side.</summary>
    public static implicit operator Padding(int all) => new(all, all);

    /// <summary>As many on every side.</summary>
    public static Padding FromInt32(int all) => all;

    /// <summary>One, two or four numbers.</summary>
    /// <exception cref="ArgumentException">It is another number of numbers.</exception>
    public static Padding Create(ReadOnlySpan<int> numbers) => numbers switch
    {
        [var all] => new Padding(all, all),
        [var vertical, var horizontal] => new Padding(vertical, horizontal),
        [var top, var left, var bottom, var right] => new Padding(new(top, bottom), new(left, right)),
        _ => throw new ArgumentException("Padding takes one number, two [vertical, horizontal], or four "
            + $"[top, left, bottom, right]; it got {numbers.Length}."),
    };

    /// <summary>Refuses negative numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0.</exception>
    public Padding RequireValid() => new(Vertical.RequireValid(), Horizontal.RequireValid());

    /// <summary>Top, left, bottom, right.</summary>
    public IEnumerator<int> GetEnumerator()
    {
        yield return Vertical.Before;
        yield return Horizontal.Before;
        yield return Vertical.After;
        yield return Horizontal.After;
    }

    /// <summary>As the texts of models write it.</summary>
    public override string ToString() => this == Same ? "same"
        : Vertical == Horizontal && Vertical.Before == Vertical.After ? Vertical.ToString()
        : Vertical.Before == Vertical.After && Horizontal.Before == Horizontal.After ? $"[{Vertical}, {Horizontal}]"
        : string.Create(CultureInfo.InvariantCulture,
            $"[{Vertical.Before}, {Horizontal.Before}, {Vertical.After}, {Horizontal.After}]");
}

/// <summary>Zeros before and after an axis: <c>1</c> for both, <c>[2, 0]</c>, or <see cref="Same"/>.</summary>
/// <param name="Before">How many before.</param>
/// <param name="After">How many after.</param>
[CollectionBuilder(typeof(AxisPadding), nameof(Create))]
public readonly record struct AxisPadding(int Before, int After)
{
    /// <summary>
    /// As many zeros as give ⌈length / stride⌉ outputs, with stride 1 as many as inputs; where their number is odd,
    /// the extra one comes after.
    /// </summary>
    public static AxisPadding Same { get; } = new(int.MinValue, int.MinValue);

    /// <summary>True for <see cref="Same"/>.</summary>
    public bool IsSame => this == Same;

    /// <summary>As many before as after.</summary>
    public static implicit operator AxisPadding(int both) => new(both, both);

    /// <summary>As many before as after.</summary>
    public static AxisPadding FromInt32(int both) => both;

    /// <summary>One number for both ends, or two: <c>[before, after]</c>.</summary>
    /// <exception cref="ArgumentException">It is another number of numbers.</exception>
    public static AxisPadding Create(ReadOnlySpan<int> numbers) => numbers switch
    {
        [var both] => new AxisPadding(both, both),
        [var before, var after] => new AxisPadding(before, after),
        _ => throw new ArgumentException(
            $"The padding of a sequence is one number, or two [before, after]; it got {numbers.Length}."),
    };

    /// <summary>Refuses negative numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0.</exception>
    public AxisPadding RequireValid() => IsSame || Math.Min(Before, After) >= 0
        ? this
        : throw new ArgumentOutOfRangeException("padding",
            $"padding is [{Before}, {After}], but must be 0 or more, or same.");

    /// <summary>Before, then after.</summary>
    public IEnumerator<int> GetEnumerator()
    {
        yield return Before;
        yield return After;
    }

    /// <summary>As the texts of models write it.</summary>
    public override string ToString() => IsSame ? "same"
        : Before == After ? Before.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"[{Before}, {After}]");
}

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
