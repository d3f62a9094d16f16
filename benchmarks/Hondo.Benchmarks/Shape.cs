namespace Hondo.Benchmarks;

/// <summary>A product [m, k]·[k, n]; T stands for a factor that lies transposed in memory.</summary>
public readonly record struct Shape(int M, int N, int K, string Order = "NN") : IElements
{
    /// <summary>Multiply-adds.</summary>
    public double Elements => (double)M * N * K;

    /// <inheritdoc/>
    public override string ToString() => $"{M}x{N}x{K} {Order}";
}
