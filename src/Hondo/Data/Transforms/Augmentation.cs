using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// Transforms one after the other, each with randomness of its own; and mixes of whole batches. Neighbouring warps
/// (shift, rotation, scale, shear, flips, crops) are done in one pass.
/// </summary>
public sealed class Augmentation : ISampleTransform
{
    readonly ISampleTransform[] _transforms;

    /// <summary>An augmentation.</summary>
    /// <param name="transforms">What is done to each sample, in order.</param>
    /// <param name="mixes">What is then done to each batch, in order.</param>
    public Augmentation(IEnumerable<ISampleTransform> transforms, IEnumerable<IBatchMix>? mixes = null) =>
        (_transforms, Mixes) = ([.. transforms], [.. mixes ?? []]);

    /// <summary>What is done to each sample, in order.</summary>
    public IReadOnlyList<ISampleTransform> Transforms => _transforms;

    /// <summary>What is done to each batch, in order.</summary>
    public IReadOnlyList<IBatchMix> Mixes { get; }

    /// <summary>Checks that samples of a shape can be changed.</summary>
    /// <exception cref="ArgumentException">They are no pictures.</exception>
    public void Check(Shape sample)
    {
        foreach (object part in ((IEnumerable<object>)_transforms).Concat(Mixes))
            if (sample.Rank != 3 && part is not (GaussianNoise or Mixup))
                throw new ArgumentException($"{part} changes pictures [height, width, channels], but the samples are "
                    + $"{sample}. Leave it out, or use GaussianNoise and Mixup only.", nameof(sample));
    }

    /// <summary>Checks that samples can be changed, and that their targets stay true.</summary>
    /// <exception cref="ArgumentException">They are no pictures, or have targets at their pixels.</exception>
    public void Check(Dataset data)
    {
        Check(data.Sample);
        CheckTargets(this, data);
    }

    internal static void CheckTargets(ISampleTransform transform, Dataset data)
    {
        if (data.Targets.Each.Rank > 1 && Moves(transform))
            throw new ArgumentException($"{transform} moves what is in a picture, but the targets of {data.Name} lie "
                + $"at its pixels, {data.Targets.Each}, and would stay: leave it out, or use changes of colour only.",
                nameof(data));
    }

    // True when what is in a picture comes to other pixels.
    static bool Moves(ISampleTransform transform) =>
        transform is IWarp || transform is Augmentation several && several._transforms.Any(Moves);

    /// <inheritdoc/>
    public void Apply(Span<float> sample, Shape shape, ulong key)
    {
        Affine map = Affine.Identity;
        for (int i = 0; i < _transforms.Length; i++)
        {
            ulong own = KeyOf(key, i);
            if (_transforms[i] is IWarp warp)
            {
                var draws = new Draws(own);
                map = map.Then(warp.Draw(ref draws, shape[0], shape[1]));
                continue;
            }
            Warp.Apply(map, sample, shape);
            map = Affine.Identity;
            _transforms[i].Apply(sample, shape, own);
        }
        Warp.Apply(map, sample, shape);
    }

    /// <summary>The key of the i-th part (the finalizer of splitmix64, Steele, Lea, Flood 2014).</summary>
    internal static ulong KeyOf(ulong key, int i)
    {
        ulong z = key + 0x9E3779B97F4A7C15 * (ulong)(i + 1);
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }

    /// <summary>The parts in order: <c>Shift(2), Rotate(10), Flip(), Mixup()</c>.</summary>
    public override string ToString() => string.Join(", ", ((IEnumerable<object>)_transforms).Concat(Mixes));
}

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
