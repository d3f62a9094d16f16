using System.Runtime.CompilerServices;
using Hondo.Kernels;

namespace Hondo.Tests.Kernels;

[Collection(nameof(WorkersTests))]
public sealed class UpdatesTests
{
    readonly struct Rule : IUpdate3
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g, ref V a, ref V b, ref V c) where V : struct, ILanes<V>
        {
            a = (V.Create(0.9) * a) + (V.Create(0.1) * g);
            b = V.Max(b, g * g);
            c += w;
            w -= V.Create(0.3) * (a / (V.Sqrt(b) + V.Create(1e-8)));
        }
    }

    static float[] Numbers(int length, int seed)
    {
        var random = new Philox(1, (ulong)seed);
        return [.. Enumerable.Range(0, length).Select(i => (float)random.Normal(i))];
    }

    static float[][] Start(int length) => [.. Enumerable.Range(0, 5).Select(seed => Numbers(length, seed))];

    public static TheoryData<int> Lengths => [0, 1, 7, 16, 33, 100, 16384, 16385, 50_000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Every_width_gives_the_bits_of_one_number_at_a_time(int length)
    {
        float[][] wide = Start(length), single = Start(length);
        Updates.Run(new Rule(), wide[0], wide[1], wide[2], wide[3], wide[4]);
        for (int i = 0; i < length; i++)
        {
            Scalar<float> w = new(single[0][i]), a = new(single[2][i]), b = new(single[3][i]), c = new(single[4][i]);
            new Rule().Apply(ref w, new Scalar<float>(single[1][i]), ref a, ref b, ref c);
            Scalar<float>.Store(w, ref single[0][0], i);
            Scalar<float>.Store(a, ref single[2][0], i);
            Scalar<float>.Store(b, ref single[3][0], i);
            Scalar<float>.Store(c, ref single[4][0], i);
        }
        for (int array = 0; array < 5; array++)
            Assert.Equal(single[array], wide[array]);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        int before = Workers.Count;
        try
        {
            float[][] one = Start(70_000), three = Start(70_000);
            Workers.Count = 1;
            Updates.Run(new Rule(), one[0], one[1], one[2], one[3], one[4]);
            Workers.Count = 3;
            Updates.Run(new Rule(), three[0], three[1], three[2], three[3], three[4]);
            for (int array = 0; array < 5; array++)
                Assert.Equal(one[array], three[array]);
        }
        finally
        {
            Workers.Count = before;
        }
    }

    [Fact]
    public void Arrays_of_different_lengths_are_refused()
    {
        float[] five = new float[5], six = new float[6];
        Assert.Throws<ArgumentException>(() => Updates.Run(new Rule(), five, five, five, six, five));
    }
}
