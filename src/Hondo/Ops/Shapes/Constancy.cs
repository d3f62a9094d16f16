namespace Hondo.Ops;

/// <summary>One number everywhere: v v | a b c | v v</summary>
public readonly record struct ConstantPadding : IPaddingMode
{
    /// <inheritdoc/>
    public static string Name => "constant";

    /// <inheritdoc/>
    public static int Reach(int length) => int.MaxValue;

    /// <inheritdoc/>
    public static int Source(int i, int length) => (uint)i < (uint)length ? i : -1;
}
