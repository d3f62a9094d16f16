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
