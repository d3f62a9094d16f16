using Hondo.Data;
using Hondo.Layers;
using Hondo.Models;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Models;

public sealed class TextGeneratorTests
{
    static readonly Characters Letters = Characters.Of("abcdefgh\n");

    static TextGenerator Generator(ulong seed = 1)
    {
        Layer model = new Elman(9, 16).Initialize(seed);
        foreach (Parameter parameter in model.Parameters)
            foreach (ref float value in parameter.Values<float>())
                value *= 2;
        return new(model, Letters, window: 1);
    }

    [Fact]
    public void The_same_seed_writes_the_same_text_and_another_one_another()
    {
        TextGenerator generator = Generator();
        string text = generator.Write(new() { Prompt = "abc", Length = 200, Seed = 5 });
        Assert.Equal(200, text.Length);
        Assert.Equal(text, generator.Write(new() { Prompt = "abc", Length = 200, Seed = 5 }));
        Assert.Equal(text, Generator().Write(new() { Prompt = "abc", Length = 200, Seed = 5 }));
        Assert.NotEqual(text, generator.Write(new() { Prompt = "abc", Length = 200, Seed = 6 }));
    }

    [Fact]
    public void A_text_is_the_beginning_of_a_longer_one()
    {
        TextGenerator generator = Generator();
        Assert.StartsWith(generator.Write(new() { Length = 30 }), generator.Write(new() { Length = 60 }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_written_may_as_well_be_the_prompt()
    {
        TextGenerator generator = Generator();
        var greedy = new GenerationOptions { Prompt = "bad", Length = 40, Temperature = 0 };
        string text = generator.Write(greedy);
        Assert.Equal(text[20..], generator.Write(greedy with { Prompt = "bad" + text[..20], Length = 20 }));
    }

    [Fact]
    public void Greedy_writing_with_memory_is_the_largest_score_of_reading_everything_again()
    {
        var model = (Elman)new Elman(9, 16).Initialize(3);
        List<int> tokens = [1, 2];
        string text = new TextGenerator(model, Letters, 1).Write(new() { Prompt = "ab", Length = 25, Temperature = 0 });
        for (int i = 0; i < 25; i++)
        {
            float[] scores = model.Forward(Tensor.Of(tokens.ToArray(), [1, tokens.Count])).ToArray<float>()[^9..];
            tokens.Add(Array.IndexOf(scores, scores.Max()));
        }
        Assert.Equal(Letters.Decode(tokens.ToArray().AsSpan(2)), text);
    }

    [Fact]
    public void A_model_without_memory_reads_its_last_window()
    {
        // Each token is followed by the one before it in the window's order: abab from "ab".
        var model = new Function(x => x.Roll(1, axis: 1).OneHot(9) * 10f);
        Assert.Equal("ababab", new TextGenerator(model, Letters, window: 2)
            .Write(new() { Prompt = "ab", Length = 6, Temperature = 0 }));
    }

    [Fact]
    public void Pieces_of_characters_wait_for_the_rest()
    {
        // Bytes in a circle: 'é' is C3 A9.
        BytePairs bytes = BytePairs.Of("");
        var next = new float[256, 256];
        (next[0xC3, 0xA9], next[0xA9, 0xC3]) = (100, 100);
        Tensor scores = Tensor.Of(next);
        var model = new Function(x => x.OneHot(256).MatMul(scores));
        string[] pieces = [.. new TextGenerator(model, bytes, 1).Stream(new() { Prompt = "é", Length = 5 })];
        Assert.Equal(["é", "é", "\uFFFD"], pieces);
    }

    [Fact]
    public void Nothing_asked_for_is_nothing_written() => Assert.Equal("", Generator().Write(new() { Length = 0 }));

    [Fact]
    public void A_prompt_outside_the_vocabulary_names_the_characters() =>
        Assert.Contains("the prompt: it has a character that the model does not know: 'ñ' (U+00F1)",
            Assert.Throws<DataFormatException>(() => Generator().Write(new() { Prompt = "ñ" })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_token_allocates_no_more_than_its_text()
    {
        TextGenerator generator = Generator();
        _ = generator.Write(new() { Length = 50 });
        long before = 0;
        int count = 0;
        foreach (string _ in generator.Stream(new() { Length = 300 }))
            if (++count == 100)
                before = GC.GetAllocatedBytesForCurrentThread();
        // A string of one character takes 32 bytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200 * 400);
    }
}
