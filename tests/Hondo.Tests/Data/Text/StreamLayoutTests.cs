using Hondo.Data;
using Hondo.Tensors;

namespace Hondo.Tests.Data.Text;

public sealed class StreamLayoutTests
{
    public static TheoryData<int, int, int> Sizes
    {
        get
        {
            var data = new TheoryData<int, int, int>();
            foreach (int targets in (int[])[1, 2, 7, 50, 51, 99, 100, 101, 1000])
                foreach ((int streams, int length) in ((int, int)[])[(1, 1), (1, 50), (3, 4), (7, 5), (50, 20)])
                    data.Add(targets, streams, length);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_position_is_a_target_once_and_streams_go_on_from_window_to_window(int targets, int streams,
        int length)
    {
        var layout = new StreamLayout(5, 5 + targets, streams, length);
        List<int> positions = [];
        for (int stream = 0; stream < streams; stream++)
        {
            int next = -1;
            for (int window = 0; window < layout.Windows; window++)
            {
                (int start, int count) = layout.Window(stream, window);
                Assert.True(next == -1 || start == next, "a stream jumps");
                Assert.InRange(count, 0, length);
                next = start + count;
                positions.AddRange(Enumerable.Range(start, count));
            }
        }
        Assert.Equal(Enumerable.Range(5, targets), positions);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Batches_hold_the_layout_for_any_number_of_workers(int workers)
    {
        int[] tokens = [.. Enumerable.Range(0, 1003).Select(i => i % 97)];
        ITokenizer tokenizer = BytePairs.Of("");
        Dataset text = TextData.Whole("numbers", tokens, tokenizer, new() { Window = 9, Streams = 8 });
        var batches = new Batches(text, new() { Size = 1, Workers = workers, Order = BatchOrder.AsStored });
        for (int epoch = 0; epoch < 2; epoch++)
        {
            List<int>[] seen = [.. Enumerable.Range(0, 8).Select(_ => new List<int>())];
            int weight = 0;
            foreach (Batch batch in batches.Epoch(epoch))
            {
                Assert.Equal<Shape>([8, 9], batch.Inputs.Shape);
                Assert.Equal(DType.Int32, batch.Inputs.DType);
                weight += batch.Weight;
                for (int stream = 0; stream < 8; stream++)
                    for (int t = 0; t < 9; t++)
                        if (batch.Targets.Values<int>()[stream * 9 + t] is >= 0 and int target)
                        {
                            Assert.Equal(target, (batch.Inputs.Values<int>()[stream * 9 + t] + 1) % 97);
                            seen[stream].Add(target);
                        }
            }
            Assert.Equal(1002, weight);
            Assert.Equal(tokens[1..], seen.SelectMany(stream => stream));
        }
    }

    [Fact]
    public void A_batch_of_text_allocates_nothing()
    {
        Dataset text = TextData.Whole("numbers", new int[4000], BytePairs.Of(""), new() { Window = 4, Streams = 5 });
        var batches = new Batches(text, new());
        long before = 0;
        foreach (Batch batch in batches)
            if (batch.Number == 20)
                before = GC.GetAllocatedBytesForCurrentThread();
            else if (batch.Number == 120)
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, before);
    }
}
