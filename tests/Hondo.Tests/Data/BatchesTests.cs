using Hondo.Data;
using Hondo.Tensors;

namespace Hondo.Tests.Data;

public sealed class BatchesTests
{
    static readonly Dataset Digits = Datasets.Digits().Test!.Take(250);

    [Theory]
    [InlineData(32)]
    [InlineData(50)]
    [InlineData(250)]
    [InlineData(1000)]
    public void An_epoch_has_every_sample_once_and_the_last_batch_may_be_short(int size)
    {
        var batches = new Batches(Digits, new() { Size = size });
        List<int> rows = [];
        int number = 0;
        foreach (Batch batch in batches)
        {
            Assert.Equal(number++, batch.Number);
            Assert.Equal(Math.Min(size, 250 - rows.Count), batch.Count);
            Assert.Equal<Shape>([batch.Count, 28, 28, 1], batch.Inputs.Shape);
            Assert.Equal<Shape>([batch.Count], batch.Targets.Shape);
            rows.AddRange(batch.Rows);
        }
        Assert.Equal(batches.Count, number);
        Assert.Equal(Enumerable.Range(0, 250), rows.Order());
    }

    [Fact]
    public void Inputs_and_targets_belong_to_the_rows()
    {
        var sample = new float[784];
        foreach (Batch batch in new Batches(Digits, new() { Size = 32 }))
            for (int i = 0; i < batch.Count; i++)
            {
                Digits.Features.CopyTo(batch.Rows[i], sample);
                ReadOnlySpan<float> input = batch.Inputs.Values<float>().Slice(i * 784, 784);
                for (int at = 0; at < 784; at++)
                    Assert.Equal(sample[at], input[at], 1e-6f);
                Assert.Equal(((ClassTargets)Digits.Targets).Labels[batch.Rows[i]], batch.Targets.Values<int>()[i]);
            }
    }

    [Fact]
    public void Each_epoch_and_each_seed_has_an_order_of_its_own()
    {
        var batches = new Batches(Digits, new() { Size = 250 });
        var other = new Batches(Digits, new() { Size = 250, Seed = 2 });
        Assert.NotEqual(Rows(batches.Epoch(0)), Rows(batches.Epoch(1)));
        Assert.NotEqual(Rows(batches.Epoch(0)), Rows(other.Epoch(0)));
        Assert.Equal(Rows(batches.Epoch(1)), Rows(batches.Epoch(1)));
        Assert.NotEqual(Rows(batches.Epoch(1)).Order(), Rows(batches.Epoch(1)));
    }

    [Fact]
    public void Each_plain_pass_is_the_next_epoch()
    {
        var batches = new Batches(Digits, new() { Size = 100 });
        List<int> passed = [];
        for (int epoch = 0; epoch < 3; epoch++)
            foreach (Batch batch in batches)
                passed.AddRange(batch.Rows);
        Assert.Equal([.. Rows(batches.Epoch(0)), .. Rows(batches.Epoch(1)), .. Rows(batches.Epoch(2))], passed);
    }

    [Fact]
    public void As_stored_keeps_the_order()
    {
        var batches = new Batches(Digits, new() { Size = 32, Order = BatchOrder.AsStored });
        Assert.Equal(Enumerable.Range(0, 250), Rows(batches.Epoch(3)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(8)]
    public void A_resumed_epoch_goes_on_with_the_same_batches(int start)
    {
        var batches = new Batches(Digits, new() { Size = 32 });
        Assert.Equal(Rows(batches.Epoch(4)).Skip(start * 32), Rows(batches.Epoch(4, start)));
    }

    [Fact]
    public void Numbers_to_predict_are_a_column()
    {
        var data = new Dataset("mine", new FloatFeatures([1, 2, 3, 4, 5, 6], [2]),
            new RegressionTargets([10, 20, 30, 40, 50, 60], ["a", "b"]));
        foreach (Batch batch in new Batches(data, new() { Size = 2, Order = BatchOrder.AsStored }).Epoch(0, start: 1))
        {
            Assert.Equal<Shape>([1, 2], batch.Targets.Shape);
            Assert.Equal([50, 60], batch.Targets.ToArray<float>());
        }
    }

    [Fact]
    public void A_tape_sees_the_same_inputs_in_every_step()
    {
        var batches = new Batches(Digits, new() { Size = 100, Workers = 2 });
        List<Node> nodes = [];
        foreach ((Tensor inputs, _) in batches)
            nodes.Add(inputs.Node);
        Assert.Same(nodes[0], nodes[1]);
        Assert.NotSame(nodes[1], nodes[2]);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(32, -1)]
    public void A_size_or_a_number_of_workers_that_cannot_be_is_refused(int size, int workers) =>
        Assert.Throws<ArgumentException>(() => new Batches(Digits, new() { Size = size, Workers = workers }));

    [Fact]
    public void A_second_pass_stops_the_first()
    {
        var batches = new Batches(Digits, new() { Size = 32 });
        using BatchSequence.Enumerator first = batches.Epoch(0).GetEnumerator();
        Assert.True(first.MoveNext());
        using BatchSequence.Enumerator second = batches.Epoch(0).GetEnumerator();
        Assert.Throws<InvalidOperationException>(() => first.MoveNext());
        Assert.True(second.MoveNext());
    }

    static int[] Rows(BatchSequence epoch)
    {
        List<int> rows = [];
        foreach (Batch batch in epoch)
            rows.AddRange(batch.Rows);
        return [.. rows];
    }
}
