namespace Hondo.Data;

/// <summary>How a text is cut into tokens, parts and windows.</summary>
public sealed record TextOptions
{
    /// <summary><c>characters</c>, <c>words</c> or <c>byte-pairs</c>; at most so many: <c>words(5000)</c>.</summary>
    public string Tokens { get; init; } = "characters";

    /// <summary>Tokens a window: how far gradients reach back.</summary>
    public int Window { get; init; } = 50;

    /// <summary>Streams that are read side by side: the size of a batch. A short text has fewer.</summary>
    public int Streams { get; init; } = 50;

    /// <summary>Shares of train, dev and test, cut by position: the end of the text is the test.</summary>
    public Split Split { get; init; } = new(90, 5, 5);
}
