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

    /// <summary>Everything that makes it, as a text that is kept in the model's file and read back.</summary>
    string ToText();
}

/// <summary>
/// How a text is read side by side: S streams, each a contiguous part, in windows of T that follow each other, so that
/// what a network remembers of one window is where the next one starts (as char-rnn does, Karpathy 2015). Every
/// position is a target exactly once.
/// </summary>
/// <param name="First">The first position that is a target, 1 or more: its input is the position before it.</param>
/// <param name="End">The position after the last target.</param>
/// <param name="Streams">S.</param>
/// <param name="Length">T.</param>
public readonly record struct StreamLayout(int First, int End, int Streams, int Length)
{
    /// <summary>How many targets there are.</summary>
    public int Targets => End - First;

    /// <summary>How many windows each stream has; in the last one of a stream the end may be empty.</summary>
    public int Windows => (Targets + Streams - 1) / Streams is var longest ? (longest + Length - 1) / Length : 0;

    /// <summary>Where a window's targets begin, and how many there are.</summary>
    /// <param name="stream">0 to S − 1.</param>
    /// <param name="window">0 to <see cref="Windows"/> − 1.</param>
    public (int Start, int Count) Window(int stream, int window)
    {
        // The first streams are one longer when the text does not divide evenly.
        int each = Targets / Streams, longer = Targets % Streams;
        int start = First + stream * each + Math.Min(stream, longer), length = each + (stream < longer ? 1 : 0);
        int offset = Math.Min(window * Length, length);
        return (start + offset, Math.Min(Length, length - offset));
    }
}
