using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// Changes a sample before it is normalized, as augmentation does. It may keep no state: several threads call it, and
/// equal keys must give equal results.
/// </summary>
public interface ISampleTransform
{
    /// <summary>Changes one sample in place.</summary>
    /// <param name="sample">Its numbers, in natural units (bytes as 0 to 1).</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="key">Where its randomness comes from: another for each (seed, epoch, sample).</param>
    void Apply(Span<float> sample, Shape shape, ulong key);
}
