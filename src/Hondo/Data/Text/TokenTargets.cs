namespace Hondo.Data;

/// <summary>For every token of a window the one that follows it in the text.</summary>
public sealed class TokenTargets : Targets
{
    /// <summary>The label of a place at the end of a stream where there is no token; losses ignore it.</summary>
    public const int None = -1;

    /// <summary>The targets of windows.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="tokenizer">What the tokens mean.</param>
    public TokenTargets(TokenWindows windows, ITokenizer tokenizer) : base(windows.Count) =>
        (Tokenizer, Tokens) = (tokenizer,
            [.. Enumerable.Range(0, tokenizer.Count).Select(token => TokenText.Visible(tokenizer.Bytes(token)))]);

    /// <summary>What the tokens mean.</summary>
    public ITokenizer Tokenizer { get; }

    /// <summary>Every token, as it can be shown on one line.</summary>
    public IReadOnlyList<string> Tokens { get; }
}
