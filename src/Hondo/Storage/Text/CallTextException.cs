namespace Hondo.Storage;

/// <summary>A text that does not say what to build. The message shows the place with a caret below it.</summary>
public sealed class CallTextException : FormatException
{
    const int Before = 48, Length = 76;

    /// <summary>An error at a place in a text.</summary>
    /// <param name="problem">What is wrong and how to mend it, in full sentences.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="position">Where in it, counted from 0.</param>
    /// <param name="inner">The error behind it.</param>
    public CallTextException(string problem, string text, int position, Exception? inner = null)
        : base($"{problem}\n{Excerpt(text, position)}", inner) =>
        (Problem, Text, Position) = (problem, text, position);

    /// <summary>No place: prefer the constructor with one.</summary>
    public CallTextException() { }

    /// <summary>A message only: prefer the constructor with text and position.</summary>
    public CallTextException(string message) : base(message) => Problem = message;

    /// <summary>A message and its cause: prefer the constructor with text and position.</summary>
    public CallTextException(string message, Exception inner) : base(message, inner) => Problem = message;

    /// <summary>What is wrong and how to mend it.</summary>
    public string Problem { get; } = "";

    /// <summary>The whole text.</summary>
    public string Text { get; } = "";

    /// <summary>Where in the text, counted from 0.</summary>
    public int Position { get; }

    // Two lines of equal columns: a long text is cut, and line ends and control bytes must not move the caret.
    static string Excerpt(string text, int position)
    {
        int start = position > Length ? position - Before : 0, end = Math.Min(text.Length, start + Length);
        string left = start > 0 ? "…" : "", right = end < text.Length ? "…" : "";
        string shown = string.Concat(text[start..end].Select(c => char.IsControl(c) ? ' ' : c));
        return $"  {left}{shown}{right}\n  {new string(' ', left.Length + position - start)}^";
    }
}
