using System.Text;
using Hondo.Data;

namespace Hondo.Tests.Data.Text;

public sealed class TokenizerTests
{
    const string Spanish = "En un lugar de la Mancha, de cuyo nombre no quiero acordarme,\nno ha mucho tiempo que "
        + "vivía un hidalgo de los de lanza en astillero. ¿Y qué? 1605, 1615:  dos partes.\n\n\tCapítulo primero 𝄞 語";

    public static TheoryData<string> Kinds => ["characters", "words", "byte pairs"];

    static ITokenizer Make(string kind, string text) => kind switch
    {
        "characters" => Characters.Of(text),
        "words" => Words.Of(text),
        _ => BytePairs.Of(text, 300),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_encoded_is_decoded_unchanged(string kind)
    {
        ITokenizer tokenizer = Make(kind, Spanish);
        int[] tokens = tokenizer.Encode(Spanish);
        Assert.Equal(Spanish, tokenizer.Decode(tokens));
        Assert.All(tokens, token => Assert.InRange(token, 0, tokenizer.Count - 1));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_text_of_a_tokenizer_makes_the_same_one(string kind)
    {
        ITokenizer tokenizer = Make(kind, Spanish), again = Tokenizers.FromText(tokenizer.ToText());
        Assert.Equal(tokenizer.ToText(), again.ToText());
        Assert.Equal((tokenizer.Count, tokenizer.Unit), (again.Count, again.Unit));
        Assert.Equal(tokenizer.Encode(Spanish), again.Encode(Spanish));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Any_part_of_the_text_can_be_encoded(string kind)
    {
        ITokenizer tokenizer = Make(kind, Spanish);
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            int start = random.Next(Spanish.Length - 5), length = random.Next(Spanish.Length - 5 - start);
            string part = Spanish.Substring(start, length);
            Assert.Equal(part, tokenizer.Decode(tokenizer.Encode(part)));
        }
    }

    [Fact]
    public void Characters_are_unicode_scalar_values_in_the_order_of_their_codes()
    {
        Characters characters = Characters.Of("b𝄞aéa");
        Assert.Equal(["a", "b", "é", "𝄞"], characters.Vocabulary.Tokens);
        Assert.Equal([1, 3, 0, 2, 0], characters.Encode("b𝄞aéa"));
    }

    [Theory]
    [InlineData("characters")]
    [InlineData("words")]
    public void Unknown_characters_are_named(string kind)
    {
        ITokenizer tokenizer = Make(kind, "to be or not to be");
        Refused.With("the prompt: it has characters that the model does not know: 'ñ' (U+00F1), '€' (U+20AC)",
            () => tokenizer.Encode("to ñ€ñ", "the prompt"));
        Refused.With("It knows b e n o r t and white space", () => tokenizer.Encode("x"));
    }

    [Fact]
    public void Byte_pairs_take_every_text()
    {
        BytePairs pairs = BytePairs.Of("only ascii here, only ascii there");
        foreach (string text in (string[])[Spanish, "", " ", "\n\n", "𝄞𝄞", "語"])
            Assert.Equal(text, pairs.Decode(pairs.Encode(text)));
    }

    [Fact]
    public void Byte_pairs_join_the_most_frequent_pair_first()
    {
        // Twice "ab" and "abc" makes "ab" four times, "bc" twice.
        BytePairs pairs = BytePairs.Of("ab abc ab abc", 258);
        Assert.Equal([('a', 'b'), (' ', 256)], pairs.Merges);
        Assert.Equal([256, 257, 'c'], pairs.Encode("ab abc"));
    }

    [Fact]
    public void Fast_byte_pairs_are_those_of_counting_everything_anew_each_time()
    {
        string text = string.Concat(Enumerable.Range(0, 400).Select(i => " " + Spanish.Split(' ')[i * i % 31]));
        Assert.Equal(Slow(text, 60), BytePairs.Of(text, 256 + 60).Merges);
    }

    static List<(int, int)> Slow(string text, int most)
    {
        List<List<int>> pieces = [];
        foreach (ReadOnlySpan<char> piece in new TextPieces(text))
            pieces.Add([.. Encoding.UTF8.GetBytes(piece.ToString())]);
        List<(int, int)> merges = [];
        while (merges.Count < most)
        {
            (int, int) best = pieces.SelectMany(piece => piece.Zip(piece.Skip(1))).GroupBy(pair => pair)
                .OrderByDescending(pair => pair.Count()).ThenBy(pair => pair.Key).First().Key;
            foreach (List<int> piece in pieces)
                BytePairs.Replace(piece, best, 256 + merges.Count);
            merges.Add(best);
        }
        return merges;
    }

    [Fact]
    public void Words_have_the_space_before_them_and_rare_ones_are_spelled()
    {
        Words words = Words.Of("the cat, the dog; the cat");
        Assert.Equal([" the", " ", "c", "o", "t"],
            words.Encode(" the cot").Select(token => words.Vocabulary.Tokens[token]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"runes\":\"abc\"}")]
    [InlineData("{\"characters\":\"aa\"}")]
    [InlineData("{\"characters\":5}")]
    [InlineData("{\"bytePairs\":[97]}")]
    [InlineData("{\"bytePairs\":[97,900]}")]
    [InlineData("{\"words\":[[[[[[]]]]]]}")]
    public void A_damaged_vocabulary_is_one_clear_error(string text) => Assert.StartsWith(
        "The model's vocabulary cannot be read",
        Assert.Throws<FormatException>(() => Tokenizers.FromText(text)).Message, StringComparison.Ordinal);
}
