using Hondo.Tensors;

namespace Hondo.Storage;

/// <summary>Sizes, strides and paddings of windows as arguments of a text.</summary>
static class Windows
{
    /// <summary>One number for both axes, or <c>[vertical, horizontal]</c>.</summary>
    public static Pair Pair(this Arguments arguments, string name) => Tensors.Pair.Create(arguments.Ints(name));

    /// <summary>One, two or four numbers, or <c>same</c>.</summary>
    public static Padding Padding(this Arguments arguments, string name) => arguments.IsWord(name, "same")
        ? Tensors.Padding.Same
        : Tensors.Padding.Create(arguments.Ints(name));

    /// <summary>One number for both ends, or <c>[before, after]</c>, or <c>same</c>.</summary>
    public static AxisPadding Margin(this Arguments arguments, string name) => arguments.IsWord(name, "same")
        ? Tensors.AxisPadding.Same
        : Tensors.AxisPadding.Create(arguments.Ints(name));
}
