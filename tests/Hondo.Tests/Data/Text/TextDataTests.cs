using Hondo.Data;

namespace Hondo.Tests.Data.Text;

public sealed class TextDataTests
{
    static readonly string Text = string.Concat(Enumerable.Range(0, 500).Select(i => $"line {i}\n"));

    [Fact]
    public void Parts_follow_each_other_and_every_position_is_in_one()
    {
        DataSplits parts = TextData.Of("lines", Text, new() { Window = 10, Streams = 4, Split = new(80, 15, 5) });
        StreamLayout[] layouts = [.. new[] { parts.Train, parts.Dev!, parts.Test! }
            .Select(part => ((TokenWindows)part.Features).Layout)];
        Assert.Equal([1, layouts[0].End, layouts[1].End], layouts.Select(layout => layout.First));
        Assert.Equal(Text.Length, layouts[2].End);
        Assert.Equal(0.8 * Text.Length, layouts[0].End, 1.0);
        Assert.Equal("lines dev", parts.Dev!.Name);
    }

    [Fact]
    public void A_short_text_has_as_many_streams_as_it_has_windows()
    {
        DataSplits parts = TextData.Of("short", Text[..200], new() { Window = 50, Streams = 50 });
        Assert.Equal(3, ((TokenWindows)parts.Train.Features).Layout.Streams);
        Assert.Equal(1, ((TokenWindows)parts.Dev!.Features).Layout.Streams);
    }

    [Fact]
    public void A_text_shorter_than_a_window_is_refused()
    {
        Refused.With("it has 30 characters, but one window takes 50",
            () => TextData.Of("tiny", Text[..30]));
        Refused.With("it has 1 character, but", () => TextData.Of("tiny", "a"));
        Refused.With("it is empty", () => TextData.Of("tiny", ""));
    }

    [Theory]
    [InlineData("characters", 16)]
    [InlineData("words(20)", 36)]
    [InlineData("byte-pairs(270)", 270)]
    public void Tokens_are_chosen_by_a_text(string kind, int most)
    {
        DataSplits parts = TextData.Of("lines", Text, new() { Tokens = kind });
        Assert.InRange(parts.Train.Classes.Count, 10, most);
        Assert.Contains("\\n", parts.Train.Classes);
    }

    [NamedDataFact("quijote")]
    public void Don_Quijote_has_its_letters_and_every_tokenizer_gives_him_back()
    {
        string text = Datasets.Find("quijote").ReadText();
        Assert.Equal(2_097_623, text.EnumerateRunes().Count());
        Assert.Equal(92, Characters.Of(text).Count);
        foreach (ITokenizer tokenizer in (ITokenizer[])[Words.Of(text), BytePairs.Of(text[..200_000], 400)])
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
    }

    [Fact]
    public void What_is_no_text_is_not_read_as_one() =>
        Refused.With("it is no text", () => Datasets.Find("mnist").ReadText());

    [Theory]
    [InlineData("letters")]
    [InlineData("words(0)")]
    [InlineData("words(5")]
    [InlineData("byte-pairs(9)")]
    public void Tokens_that_are_none_are_refused(string kind) => Assert.Contains("are no tokens",
        Assert.Throws<FormatException>(() => TextData.Of("lines", Text, new() { Tokens = kind })).Message,
        StringComparison.Ordinal);
}
