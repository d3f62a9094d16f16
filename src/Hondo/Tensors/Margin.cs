using System.Globalization;
using System.Runtime.CompilerServices;

namespace Hondo.Tensors;

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
