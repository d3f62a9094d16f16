namespace Hondo.Ops;

/// <summary>The last number again and again: a a | a b c | c c</summary>
public readonly record struct ReplicationPadding : IPaddingMode
{
    /// <inheritdoc/>
    public static string Name => "replicate";

    /// <inheritdoc/>
    public static int Reach(int length) => length == 0 ? 0 : int.MaxValue;

    /// <inheritdoc/>
    public static int Source(int i, int length) => Math.Clamp(i, 0, length - 1);
}
