namespace Hondo.Benchmarks;

/// <summary>The length of arrays.</summary>
public readonly record struct Length(int Count) : IElements
{
    /// <inheritdoc/>
    public double Elements => Count;

    /// <inheritdoc/>
    public override string ToString() => $"{Count:N0}";
}
