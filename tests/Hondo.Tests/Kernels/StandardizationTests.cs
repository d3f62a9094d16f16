using Hondo.Kernels;

namespace Hondo.Tests.Kernels;

public sealed class StandardizationTests
{
    [Fact]
    public void Bytes_and_floats_give_the_bits_of_the_plain_formula_at_every_length()
    {
        var random = new Random(1);
        for (int length = 0; length < 100; length++)
        {
            var x = new byte[length];
            random.NextBytes(x);
            float[] floats = [.. x.Select(b => b * 1.7f)];
            float[] center = [.. x.Select(_ => random.NextSingle())], gain = [.. x.Select(_ => random.NextSingle())];
            var y = new float[length];
            Standardization.Apply(x, center, gain, y);
            for (int i = 0; i < length; i++)
                Assert.Equal((x[i] - center[i]) * gain[i], y[i]);
            Standardization.Apply(floats, center, gain, y);
            for (int i = 0; i < length; i++)
                Assert.Equal((floats[i] - center[i]) * gain[i], y[i]);
        }
    }

    [Fact]
    public void Spans_of_different_lengths_are_refused() => Assert.Throws<ArgumentException>(() =>
        Standardization.Apply(new byte[3], new float[3], new float[2], new float[3]));
}
