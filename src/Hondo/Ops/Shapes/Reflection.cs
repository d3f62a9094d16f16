namespace Hondo.Ops;

/// <summary>Mirrored at the last number, which is not repeated: c b | a b c | b a</summary>
public readonly record struct ReflectionPadding : IPaddingMode
{
    /// <inheritdoc/>
    public static string Name => "reflect";

    /// <inheritdoc/>
    public static int Reach(int length) => length - 1;

    /// <inheritdoc/>
    public static int Source(int i, int length) => i < 0 ? -i : i >= length ? 2 * length - 2 - i : i;
}
