namespace Hondo.Kernels;

/// <summary>What each channel of a batch normalization is computed with: y = (x − mean) · scale + shift.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="mean">[channels].</param>
/// <param name="scale">[channels]: γ / √(variance + ε).</param>
/// <param name="shift">[channels]: β.</param>
/// <param name="rectifies">True makes negative results 0.</param>
public readonly ref struct ChannelNumbers<T>(
    ReadOnlySpan<T> mean, ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, bool rectifies) where T : unmanaged
{
    /// <summary>[channels].</summary>
    public ReadOnlySpan<T> Mean { get; } = mean;

    /// <summary>[channels]: γ / √(variance + ε).</summary>
    public ReadOnlySpan<T> Scale { get; } = scale;

    /// <summary>[channels]: β.</summary>
    public ReadOnlySpan<T> Shift { get; } = shift;

    /// <summary>True makes negative results 0.</summary>
    public bool Rectifies => rectifies;
}
