using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>Some of many numbers, enough to draw how they are distributed.</summary>
static class SomeNumbers
{
    // All numbers of large weights would take two hundredths of an epoch; some thousand draw the same hill.
    const int Most = 20_000;

    /// <summary>Each k-th number, so that at most 20,000 are taken; all of fewer.</summary>
    public static ReadOnlySpan<float> Of(Block block)
    {
        ReadOnlySpan<float> numbers = block.As<float>();
        if (numbers.Length <= Most)
            return numbers;
        // An odd stride does not keep to a few columns of the matrix.
        int every = (numbers.Length + Most - 1) / Most | 1;
        var some = new float[(numbers.Length + every - 1) / every];
        for (int i = 0; i < some.Length; i++)
            some[i] = numbers[i * every];
        return some;
    }
}
