using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// Sequences to be said again (Graves et al. 2014, section 4.1 and 4.2): a start mark, random bits, an end mark, which
/// in repeat-copy says how often; from then on the bits are asked for, without a look at them. After the last
/// repetition, if there is one, an end bit is asked for.
/// </summary>
/// <remarks>Channels of the input: the bits, the start mark, the end mark. Sequence i is a function of (seed, part, i).
/// </remarks>
public sealed record CopyTask
{
    const ulong Stream = 0x0C0_F1E5;

    /// <summary>Bits of a vector.</summary>
    public int Bits { get; init; } = 8;

    /// <summary>Training sequences have from 1 to so many vectors.</summary>
    public int Longest { get; init; } = 20;

    /// <summary>0 for the plain task; else training sequences are asked for 1 to so many times.</summary>
    public int MostRepeats { get; init; }

    /// <summary>Training sequences.</summary>
    public int Count { get; init; } = 10_000;

    /// <summary>Sequences to measure by.</summary>
    public int TestCount { get; init; } = 256;

    /// <summary>What the bits depend on.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The copy task: lengths 1 to 20 to train, 20 as dev part, 40 as test part.</summary>
    public static CopyTask Copy { get; } = new();

    /// <summary>Repeat-copy: lengths and repeats 1 to 10 to train, 10 × 10 as dev part, 20 × 10 as test part.</summary>
    public static CopyTask RepeatCopy { get; } = new() { Longest = 10, MostRepeats = 10, TestCount = 128 };

    /// <summary>All parts: dev has the longest sequences of training, test those of twice the length.</summary>
    public DataSplits Parts()
    {
        string name = MostRepeats == 0 ? "copy" : "repeat-copy";
        return new(Draw($"{name} train", 0, Count, 1, Longest), Draw($"{name} length {Longest}", 1, TestCount,
            Longest, Longest), Draw($"{name} length {2 * Longest}", 2, TestCount, 2 * Longest, 2 * Longest));
    }

    /// <summary>Sequences of given lengths.</summary>
    /// <param name="name">What messages call them.</param>
    /// <param name="part">Which of the unlike parts of the seed's bits.</param>
    /// <param name="count">How many.</param>
    /// <param name="least">The shortest length, 1 or more.</param>
    /// <param name="most">The longest.</param>
    public Dataset Draw(string name, int part, int count, int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(least, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        Shape inputs = [StepsOf(most, Math.Max(1, MostRepeats)), Bits + 2];
        Shape targets = [inputs[0], MostRepeats == 0 ? Bits : Bits + 1];
        var x = new float[count * inputs.Size];
        var t = new float[count * targets.Size];
        Array.Fill(t, BinarySequenceTargets.None);
        for (int i = 0; i < count; i++)
            Fill(new(Seed, Stream + (ulong)part, i), least, most, x.AsSpan(i * inputs.Size, inputs.Size),
                t.AsSpan(i * targets.Size, targets.Size));
        return new(name, new FloatFeatures(x, inputs), new BinarySequenceTargets(t, targets));
    }

    int StepsOf(int length, int repeats) => 2 + length + length * repeats + (MostRepeats == 0 ? 0 : 1);

    void Fill(Philox random, int least, int most, Span<float> x, Span<float> t)
    {
        (uint ofLength, uint ofRepeats, _, _) = random.Words(0);
        int length = least + (int)(ofLength % (uint)(most - least + 1)), channels = Bits + 2;
        // To measure, the most repeats; to train, any.
        int repeats = MostRepeats == 0 ? 1
            : least == most ? MostRepeats : 1 + (int)(ofRepeats % (uint)MostRepeats);
        int targets = MostRepeats == 0 ? Bits : Bits + 1;
        x[Bits] = 1;
        x[(1 + length) * channels + Bits + 1] = MostRepeats == 0 ? 1 : Standard(repeats);
        for (int k = 0; k < length * Bits; k++)
        {
            (uint word, _, _, _) = random.Words(1 + (ulong)k);
            int step = k / Bits, bit = k % Bits;
            x[(1 + step) * channels + bit] = word & 1;
            for (int repeat = 0; repeat < repeats; repeat++)
                t[(2 + length + repeat * length + step) * targets + bit] = word & 1;
        }
        if (MostRepeats > 0)
            AskForEnd(t.Slice((2 + length) * targets, (length * repeats + 1) * targets), targets);
    }

    static void AskForEnd(Span<float> answers, int targets)
    {
        for (int at = targets - 1; at < answers.Length; at += targets)
            answers[at] = 0;
        answers[^1] = 1;
    }

    // A count of repeats around 0, as other inputs are: mean 0 and variance 1 over those of training.
    float Standard(int repeats) =>
        (float)((repeats - (MostRepeats + 1) / 2.0) / Math.Sqrt(Math.Max(1, MostRepeats * MostRepeats - 1) / 12.0));
}
