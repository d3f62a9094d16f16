namespace Hondo.Kernels;

/// <summary>Dropout on attention weights: which ones depends on seed, stream, step and place alone.</summary>
/// <param name="Rate">The share that is dropped; 0 in inference.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Stream">The layer's own stream.</param>
/// <param name="Step">The number of the training step.</param>
public readonly record struct AttentionDropout(double Rate, ulong Seed, ulong Stream, long Step)
{
    // Each block of each head has a stream of its own: neighbours differ in half of their bits.
    internal Philox Numbers(int block) => new(Seed, Stream + (ulong)(block + 1) * 0x9E3779B97F4A7C15, Step);
}
