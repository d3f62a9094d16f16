using System.Runtime.InteropServices;
using Hondo.Data;
using Hondo.Tensors;

namespace Hondo.Tests.Data;

public sealed class BatchWorkersTests
{
    static readonly Dataset Digits = Datasets.Digits().Test!.Take(250);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_number_of_workers_makes_the_same_batches(bool transforms)
    {
        List<byte> alone = Everything(0, transforms);
        foreach (int workers in new[] { 1, 4, 16 })
            Assert.True(alone.SequenceEqual(Everything(workers, transforms)), $"{workers} workers");
    }

    [Fact]
    public void A_transform_changes_samples_otherwise_in_every_epoch()
    {
        var batches = new Batches(Digits, new() { Size = 250, Order = BatchOrder.AsStored, Transform = new Noise() });
        float[] first = Inputs(batches.Epoch(0)), second = Inputs(batches.Epoch(1));
        Assert.NotEqual(first, second);
        Assert.Equal(first, Inputs(batches.Epoch(0)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public void A_batch_allocates_nothing(int workers, bool transforms)
    {
        var batches = new Batches(Digits, new()
        {
            Size = 2,
            Workers = workers,
            Transform = transforms ? new Noise() : null,
        });
        long before = 0;
        foreach (Batch batch in batches)
            if (batch.Number == 20)
                before = GC.GetAllocatedBytesForCurrentThread();
            else if (batch.Number == 120)
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, before);
    }

    [Fact]
    public void A_worker_allocates_nothing()
    {
        var watches = new Watches();
        foreach (Batch _ in new Batches(Digits, new() { Size = 1, Workers = 1, Transform = watches }))
        {
        }
        Assert.Equal(250, watches.Calls);
        Assert.Equal(0, watches.AtTheEnd - watches.AfterTwenty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void What_a_worker_throws_is_thrown_at_the_batch_that_it_made(int workers)
    {
        int bad = -1;
        foreach (Batch batch in new Batches(Digits, new() { Size = 32 }).Epoch(0))
            if (batch.Number == 5)
                bad = batch.Rows[7];
        var batches = new Batches(Digits, new()
        {
            Size = 32,
            Workers = workers,
            Transform = new Fails(RowOrder.Key(1, 0, bad)),
        });
        int made = 0;
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (Batch batch in batches.Epoch(0))
                made = batch.Number + 1;
        });
        Assert.Equal((5, "this sample"), (made, error.Message));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void An_epoch_can_be_cancelled(int workers)
    {
        using var cancellation = new CancellationTokenSource();
        var batches = new Batches(Digits, new() { Size = 10, Workers = workers });
        int made = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (Batch _ in batches.Epoch(0, cancellation: cancellation.Token))
                if (++made == 3)
                    cancellation.Cancel();
        });
        Assert.Equal(3, made);
    }

    [Fact]
    public void Leaving_an_epoch_early_ends_its_workers()
    {
        var batches = new Batches(Digits, new() { Size = 1, Workers = 3, Transform = new Counts() });
        foreach (Batch _ in batches)
            break;
        int count = Counts.Calls;
        Thread.Sleep(20);
        Assert.Equal(count, Counts.Calls);
        Assert.InRange(count, 1, 10);
    }

    static List<byte> Everything(int workers, bool transforms)
    {
        var batches = new Batches(Digits, new()
        {
            Size = 32,
            Workers = workers,
            Normalization = Normalization.Fit(Digits),
            Transform = transforms ? new Noise() : null,
        });
        List<byte> bytes = [];
        for (int epoch = 0; epoch < 3; epoch++)
            foreach ((Tensor inputs, Tensor targets) in batches)
            {
                bytes.AddRange(MemoryMarshal.AsBytes(inputs.Values<float>()));
                bytes.AddRange(MemoryMarshal.AsBytes(targets.Values<int>()));
            }
        return bytes;
    }

    static float[] Inputs(BatchSequence epoch)
    {
        List<float> numbers = [];
        foreach ((Tensor inputs, _) in epoch)
            numbers.AddRange(inputs.Values<float>());
        return [.. numbers];
    }

    sealed class Noise : ISampleTransform
    {
        public void Apply(Span<float> sample, Shape shape, ulong key)
        {
            for (int i = 0; i < sample.Length; i++)
                sample[i] += (RowOrder.Key(key, 0, i) >> 40) * 1e-9f;
        }
    }

    sealed class Fails(ulong bad) : ISampleTransform
    {
        public void Apply(Span<float> sample, Shape shape, ulong key)
        {
            if (key == bad)
                throw new InvalidOperationException("this sample");
        }
    }

    sealed class Watches : ISampleTransform
    {
        public int Calls { get; private set; }

        public long AfterTwenty { get; private set; }

        public long AtTheEnd { get; private set; }

        public void Apply(Span<float> sample, Shape shape, ulong key)
        {
            AtTheEnd = GC.GetAllocatedBytesForCurrentThread();
            if (++Calls == 20)
                AfterTwenty = AtTheEnd;
        }
    }

    sealed class Counts : ISampleTransform
    {
        static int _calls;

        public static int Calls => Volatile.Read(ref _calls);

        public void Apply(Span<float> sample, Shape shape, ulong key) => Interlocked.Increment(ref _calls);
    }
}
