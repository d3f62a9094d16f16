using Hondo.Data;
using Hondo.Tensors;

namespace Hondo.Tests.Data;

public sealed class OpenDataTests
{
    // The ten lines of a user's own data: nothing is stored, every sample is computed when it is needed.
    sealed class Waves : ISampleReader
    {
        public int Count => 200;

        public Shape Sample => [3];

        public void Read(int row, Span<float> sample)
        {
            for (int i = 0; i < sample.Length; i++)
                sample[i] = MathF.Sin(row * (i + 1));
        }
    }

    sealed class Blocks : IBatchReader
    {
        public int Count => 200;

        public Shape Sample => [3];

        public void Read(ReadOnlySpan<int> rows, Span<float> samples)
        {
            var waves = new Waves();
            for (int i = 0; i < rows.Length; i++)
                waves.Read(rows[i], samples.Slice(3 * i, 3));
        }
    }

    static readonly int[] Labels = [.. Enumerable.Range(0, 200).Select(i => i % 2)];

    static ClassTargets Targets => new(Labels, ["even", "odd"]);

    static float[] InMemory => [.. Enumerable.Range(0, 200).SelectMany(row =>
    {
        var sample = new float[3];
        new Waves().Read(row, sample);
        return sample;
    })];

    static IEnumerable<(float[] Inputs, int Label)> Stream() =>
        Enumerable.Range(0, 200).Select(row => (InMemory[(3 * row)..(3 * row + 3)], Labels[row]));

    static async IAsyncEnumerable<(float[] Inputs, int Label)> Slowly()
    {
        foreach ((float[] Inputs, int Label) row in Stream())
        {
            await Task.Yield();
            yield return row;
        }
    }

    static float[] Numbers(Dataset data, int workers = 0)
    {
        List<float> numbers = [];
        var batches = new Batches(data, new()
        {
            Size = 16,
            Workers = workers,
            Normalization = new([0.1f, 0.2f, 0.3f], [1, 2, 3]),
        });
        for (int epoch = 0; epoch < 2; epoch++)
            foreach (Batch batch in batches.Epoch(epoch))
            {
                numbers.AddRange(batch.Inputs.Values<float>());
                numbers.AddRange(batch.Targets.ToArray<float>());
            }
        return [.. numbers];
    }

    [Fact]
    public async Task Every_way_to_give_data_gives_the_same_bits_for_any_workers()
    {
        float[] expected = Numbers(new("memory", new FloatFeatures(InMemory, [3]), Targets));
        var read = new Dataset("reader", new ReaderFeatures(new Waves()), Targets);
        var blocks = new Dataset("blocks", new ReaderFeatures(new Blocks()), Targets);
        Dataset stream = SampleStream.Of("stream", Stream(), row => row, Targets.Classes);
        // 40 samples fit; the others lie in a file.
        Dataset spooled =
            SampleStream.Of("file", Stream(), row => row, Targets.Classes, memory: 40 * 3 * sizeof(float));
        Dataset slow = await SampleStream.OfAsync("async", Slowly(), row => row, Targets.Classes);
        foreach (Dataset data in (Dataset[])[read, blocks, stream, spooled, slow])
            foreach (int workers in (int[])[0, 1, 3])
                Assert.Equal(expected, Numbers(data, workers));
    }

    [Fact]
    public void Normalization_of_what_is_read_is_that_of_the_same_numbers_in_memory()
    {
        Normalization read = Normalization.Fit(new("reader", new ReaderFeatures(new Waves()), Targets));
        Normalization stored = Normalization.Fit(new("memory", new FloatFeatures(InMemory, [3]), Targets));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(stored.Mean[i], read.Mean[i], 1e-6);
            Assert.Equal(stored.Deviation[i], read.Deviation[i], 1e-6);
        }
    }

    [Fact]
    public void A_stream_may_have_numbers_as_targets_and_errors_name_the_row()
    {
        Dataset data = SampleStream.Of("squares", Enumerable.Range(0, 50),
            i => (Inputs: new[] { (float)i }, Targets: new[] { (float)i * i, i / 2f }), ["square", "half"]);
        Assert.Equal(new[] { 9, 1.5f }, ((RegressionTargets)data.Targets).Values.Slice(6, 2).ToArray());
        Refused.With("no rows", () => SampleStream.Of("none", Stream().Take(0), row => row, Targets.Classes));
        Refused.With("bad, row 1 (counted from 0): the row has 2 inputs, but a sample is [1]", () => SampleStream.Of(
            "bad", Enumerable.Range(1, 2), i => (new float[i], 0), ["a", "b"]));
        Refused.With("bad, row 3 (counted from 0): an input is NaN or infinite", () => SampleStream.Of("bad",
            Enumerable.Range(0, 5), i => (new[] { i == 3 ? float.NaN : i }, 0), ["a", "b"]));
    }

    [Fact]
    public void What_a_reader_gives_is_checked_when_it_is_read()
    {
        var data = new Dataset("broken", new ReaderFeatures(new Broken()), new ClassTargets([0, 1], ["a", "b"]));
        Refused.With("row 1 (counted from 0), feature 0: the number is NaN or infinite", () => Numbers(data));
    }

    sealed class Broken : ISampleReader
    {
        public int Count => 2;

        public Shape Sample => [3];

        public void Read(int row, Span<float> sample) => sample.Fill(row == 1 ? float.NaN : 0);
    }

    [Fact]
    public void Twins_in_a_stream_are_found()
    {
        Dataset train = SampleStream.Of("train", Stream(), row => row, Targets.Classes);
        Dataset test = SampleStream.Of("test", Stream().Take(60), row => row, Targets.Classes);
        Refused.With("60 of its 60 samples", () => Leakage.Guard(train, test));
        // A reader that knows its samples by reading only is not read for this.
        Assert.Null(Leakage.Guard(new("a", new ReaderFeatures(new Waves()), Targets), test));
    }

    [Fact]
    public void Batches_are_enumerable()
    {
        var data = new Dataset("reader", new ReaderFeatures(new Waves()), Targets);
        var batches = new Batches(data, new() { Size = 64 });
        Assert.Equal([64, 64, 64, 8], batches.Select(batch => batch.Count));
        Assert.Equal([0, 1], batches.Epoch(3).Take(2).Select(batch => batch.Number));
    }
}
