using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Models;
using Hondo.Optimizers;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Tests.Data;
using Hondo.Tests.Kernels;
using Hondo.Tests.Training;
using Hondo.Training;

namespace Hondo.Tests.Models;

[Collection(nameof(WorkersTests))]
public sealed class CharTransformerTests
{
    static readonly Characters Letters = Characters.Of("abcdefgh\n");

    static readonly string Text = string.Concat(Enumerable.Repeat("the cat sat on the mat, the dog ate a frog\n", 40));

    // Large weights, so that the likeliest token is far ahead of the second.
    static Sequential Model(int window = 12, double dropout = 0)
    {
        Sequential model = CharTransformer.Of(9, window, hidden: 16, layers: 2, heads: 4, dropout);
        foreach (Parameter parameter in model.Initialize(3).Parameters)
            if (parameter.Shape.Rank == 2)
                foreach (ref float value in parameter.Values<float>())
                    value *= 20;
        return model;
    }

    [Fact]
    public void A_later_token_changes_no_earlier_score()
    {
        Sequential model = Model();
        float[] scores = model.Forward(Tensor.Of([1, 2, 3, 4, 5, 6], [1, 6])).ToArray<float>();
        float[] others = model.Forward(Tensor.Of([1, 2, 3, 0, 8, 7], [1, 6])).ToArray<float>();
        Assert.Equal(scores[..27], others[..27]);
        Assert.NotEqual(scores[27..], others[27..]);
    }

    [Fact]
    public void Reading_token_by_token_gives_the_bits_of_reading_all_at_once()
    {
        Sequential model = Model(window: 150);
        int[] tokens = [.. Enumerable.Range(0, 150).Select(i => i * i % 9)];
        float[] whole = model.Forward(Tensor.Of(tokens, [1, 150])).ToArray<float>();
        using var past = new KeyValueCaches(model, 200).Begin();
        var tape = new Tape();
        for (int t = 0; t < 150; t++)
        {
            using var step = tape.Open(new(Mode.Inference, 1, 0));
            Assert.Equal(whole[(t * 9)..(t * 9 + 9)],
                model.Forward(Tensor.Of(tokens[t..(t + 1)], [1, 1])).ToArray<float>());
        }
    }

    [Fact]
    public void Greedy_writing_is_the_largest_score_of_reading_everything_again()
    {
        Sequential model = Model();
        List<int> context = [1, 2], written = [];
        string text = new TextGenerator(model, Letters, 12)
            .Write(new() { Prompt = "ab", Length = 40, Temperature = 0 });
        for (int i = 0; i < 40; i++)
        {
            float[] scores = model.Forward(Tensor.Of(context.ToArray(), [1, context.Count])).ToArray<float>()[^9..];
            written.Add(Array.IndexOf(scores, scores.Max()));
            // A full context goes on with its second half.
            if (context.Count == 12)
                context.RemoveRange(0, 6);
            context.Add(written[^1]);
        }
        Assert.Equal(Letters.Decode(written.ToArray()), text);
    }

    [Fact]
    public void A_token_allocates_no_more_than_its_text()
    {
        var generator = new TextGenerator(Model(), Letters, 12);
        _ = generator.Write(new() { Length = 50 });
        long before = 0;
        int count = 0;
        foreach (string _ in generator.Stream(new() { Length = 300 }))
            if (++count == 100)
                before = GC.GetAllocatedBytesForCurrentThread();
        // A string of one character takes 32 bytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200 * 400);
    }

    [Fact]
    public void A_model_that_looks_ahead_cannot_write()
    {
        var model = new Sequential(new Embedding(9, 8), new MultiHeadAttention(8, 2), new Linear(8, 9));
        Assert.Contains("Make it causal", Assert.Throws<InvalidOperationException>(() =>
            new TextGenerator(model, Letters, 12)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_gives_back_the_model()
    {
        using var folder = new ScratchFolder();
        Sequential model = Model();
        ModelFile.Save(model, folder["model.safetensors"], new() { InputShape = [12] });
        (Layer loaded, ModelCard card) = ModelFile.Load(folder["model.safetensors"]);
        Assert.Equal(model.ToString(), loaded.ToString());
        Assert.Equal([12], card.InputShape!.Value);
        Tensor x = Tensor.Of([1, 2, 3, 4, 5, 6], [2, 3]);
        Assert.Equal(model.Forward(x).ToArray<float>(), loaded.Forward(x).ToArray<float>());
    }

    [Fact]
    public void The_name_knows_its_data()
    {
        Layer model = ModelCatalog.Parse("char-transformer(hidden: 16, layers: 1, heads: 2, dropout: 0.1)", [30], 7);
        Assert.Equal([2, 30, 7], model.Forward(Tensor.Of(new int[60], [2, 30])).Shape);
        Assert.Equal(model.ToString(), ModelText.Parse(model.ToString()!).ToString());
        Assert.Contains("char-transformer: A transformer reads a text", Assert.Throws<CallTextException>(() =>
            ModelCatalog.Parse("char-transformer", [28, 28, 1], 10)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_learns_a_text_with_the_recipe_of_its_name_and_carries_nothing_between_windows()
    {
        DataSplits data = TextData.Of("cats", Text, new() { Window = 16, Streams = 4, Split = new(80, 10, 10) });
        Layer model = CharTransformer.Of(data.Train.Classes.Count, 16, hidden: 24, layers: 1, heads: 2).Initialize(1);
        History history = new Trainer(model, new TokenCrossEntropy(), new AdamW(model.Parameters, 0.01))
        {
            Epochs = 15,
        }.Fit(data);
        Assert.True(history["dev loss"][^1] < 0.6, $"{history["dev loss"][^1]}");
        Assert.False(new RecurrentState(model, 4).IsUsed);
    }

    [Fact]
    public void A_step_of_text_allocates_nothing()
    {
        DataSplits data = TextData.Of("cats", Text, new() { Window = 5, Streams = 2, Split = new(80, 10, 10) });
        Layer model = CharTransformer.Of(data.Train.Classes.Count, 5, hidden: 8, layers: 2, heads: 2, dropout: 0.2)
            .Initialize(1);
        Trainer Trainer(params Callback[] callbacks) =>
            new(model, new TokenCrossEntropy(), new AdamW(model.Parameters, 0.01))
            {
                Epochs = 1,
                Callbacks = callbacks,
            };
        var counter = new AllocationCounter();
        Trainer().Fit(new(data.Train));
        Trainer(counter).Fit(new(data.Train));
        Assert.InRange(counter.Steps, 100, 1000);
        Assert.Equal(0, counter.Bytes);
    }
}
