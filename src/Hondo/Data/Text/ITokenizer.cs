namespace Hondo.Data;

/// <summary>
/// Cuts texts into tokens and puts them together again: <c>Decode(Encode(text)) = text</c> for every text that it
/// takes. A token is its number, 0 to <see cref="Count"/> − 1.
/// </summary>
public interface ITokenizer
{
    /// <summary>What a token is: <c>character</c>, <c>word</c>, <c>byte pair</c>.</summary>
    string Unit { get; }

    /// <summary>How many different tokens there are.</summary>
    int Count { get; }

    /// <summary>The tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What errors call it: a file's path, <c>the prompt</c>.</param>
    /// <exception cref="DataFormatException">It has characters that the vocabulary has not; the message names them.
    /// </exception>
    int[] Encode(string text, string name = "the text");

    /// <summary>The bytes of a token in UTF-8; of byte pairs they may be a part of a character.</summary>
    ReadOnlySpan<byte> Bytes(int token);

    /// <summary>Everything that makes it, as a text that is kept in the model's file;
    /// <see cref="Tokenizers.FromText"/> reads it back.</summary>
    string ToText();
}
