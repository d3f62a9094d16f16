using Hondo.Data;

namespace Hondo.Tests.Data;

public sealed class CopyTaskTests
{
    static readonly CopyTask Small = new() { Count = 50, TestCount = 5 };

    static float[] Sample(Dataset data, int i)
    {
        var sample = new float[data.Sample.Size];
        data.CopySample(i, sample);
        return sample;
    }

    static float[] Target(Dataset data, int i)
    {
        var bits = (BinarySequenceTargets)data.Targets;
        return bits.Values.Slice(i * bits.Sample.Size, bits.Sample.Size).ToArray();
    }

    [Fact]
    public void The_seed_alone_says_which_sequences_there_are()
    {
        Dataset a = Small.Parts().Train, b = Small.Parts().Train, other = (Small with { Seed = 2 }).Parts().Train;
        Assert.All(Enumerable.Range(0, 50), i => Assert.Equal(Sample(a, i), Sample(b, i)));
        Assert.Contains(Enumerable.Range(0, 50), i => !Sample(a, i).SequenceEqual(Sample(other, i)));
    }

    [Fact]
    public void A_sequence_is_the_same_however_many_there_are()
    {
        Dataset few = Small.Parts().Train, many = (Small with { Count = 80 }).Parts().Train;
        Assert.Equal(Sample(few, 49), Sample(many, 49));
    }

    [Fact]
    public void Bits_are_asked_for_in_their_order_after_the_end_mark_and_nowhere_else()
    {
        Dataset train = Small.Parts().Train;
        for (int i = 0; i < train.Count; i++)
        {
            float[] x = Sample(train, i), t = Target(train, i);
            int length = Enumerable.Range(0, 42).First(step => x[step * 10 + 9] == 1) - 1;
            Assert.Equal(1, x[8]);
            Assert.InRange(length, 1, 20);
            for (int step = 0; step < 42; step++)
                for (int bit = 0; bit < 8; bit++)
                    Assert.Equal(step < length + 2 || step >= 2 * length + 2 ? -1 : x[(step - length - 1) * 10 + bit],
                        t[step * 8 + bit]);
        }
    }

    [Fact]
    public void Nothing_of_the_bits_is_seen_while_they_are_asked_for()
    {
        Dataset train = Small.Parts().Train;
        for (int i = 0; i < train.Count; i++)
        {
            float[] x = Sample(train, i), t = Target(train, i);
            for (int step = 0; step < 42; step++)
                if (t[step * 8] >= 0)
                    Assert.All(x[(step * 10)..(step * 10 + 10)], number => Assert.Equal(0, number));
        }
    }

    [Fact]
    public void Every_length_comes_in_training_and_one_length_in_each_other_part()
    {
        DataSplits parts = (Small with { Count = 2000 }).Parts();
        Assert.Equal(Enumerable.Range(1, 20), Lengths(parts.Train).Distinct().Order());
        Assert.All(Lengths(parts.Dev!), length => Assert.Equal(20, length));
        Assert.All(Lengths(parts.Test!), length => Assert.Equal(40, length));
    }

    [Fact]
    public void Repeat_copy_asks_for_every_repetition_and_for_an_end_behind_the_last()
    {
        CopyTask task = CopyTask.RepeatCopy with { Longest = 3, MostRepeats = 2, Count = 30, TestCount = 1 };
        DataSplits parts = task.Parts();
        float[] x = Sample(parts.Dev!, 0), t = Target(parts.Dev!, 0);
        Assert.Equal(1, x[(1 + 3) * 10 + 9], 1e-6f);
        for (int repeat = 0; repeat < 2; repeat++)
            for (int step = 0; step < 3; step++)
                for (int bit = 0; bit < 8; bit++)
                    Assert.Equal(x[(1 + step) * 10 + bit], t[(5 + repeat * 3 + step) * 9 + bit]);
        Assert.Equal([0, 0, 0, 0, 0, 0, 1], Enumerable.Range(5, 7).Select(step => t[step * 9 + 8]));
        Assert.Equal(Enumerable.Repeat(-1f, 8), t[^9..^1]);
    }

    [Fact]
    public void A_target_that_is_no_bit_is_refused() => Assert.Contains("0 or 1",
        Assert.Throws<DataFormatException>(() => new BinarySequenceTargets([0, 1, 0.5f, 1], [2, 2])).Message,
        StringComparison.Ordinal);

    static IEnumerable<int> Lengths(Dataset data) => Enumerable.Range(0, data.Count).Select(i =>
        Target(data, i).Count(bit => bit >= 0) / 8);
}
