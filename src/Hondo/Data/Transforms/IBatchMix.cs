using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// Mixes the samples of a batch with each other, and the shares of their classes with them. It may keep no state, and
/// equal keys must give equal results.
/// </summary>
public interface IBatchMix
{
    /// <summary>Mixes a batch in place.</summary>
    /// <param name="inputs">The samples, one after the other.</param>
    /// <param name="targets">The share of each class in each sample, <c>[batch, classes]</c>.</param>
    /// <param name="sample">The shape of a sample.</param>
    /// <param name="key">Where the randomness comes from: another for each (seed, epoch, batch).</param>
    void Apply(Span<float> inputs, Span<float> targets, Shape sample, ulong key);
}
