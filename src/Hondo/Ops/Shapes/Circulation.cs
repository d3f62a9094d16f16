namespace Hondo.Ops;

/// <summary>From the other end: b c | a b c | a b</summary>
public readonly record struct CircularPadding : IPaddingMode
{
    /// <inheritdoc/>
    public static string Name => "circular";

    /// <inheritdoc/>
    public static int Reach(int length) => length;

    /// <inheritdoc/>
    public static int Source(int i, int length) => (i + length) % length;
}
