using Hondo.Layers;

namespace Hondo.Serialization;

/// <summary>
/// Reads texts that look like the C# that builds a thing, <c>Sequential(Linear(784, 64), Relu(), Linear(64, 10))</c>.
/// Such texts name models, optimizers, schedules and losses in files and on the command line. Reading runs no code:
/// a catalog decides what a name means.
/// </summary>
public static class CallText
{
    /// <summary>How deeply calls and lists may lie in each other.</summary>
    public const int MaxDepth = 256;

    /// <summary>Reads a text.</summary>
    /// <exception cref="CallTextException">It is malformed, or more than <see cref="MaxDepth"/> deep.</exception>
    public static Term Parse(string text) => new CallReader(text).ReadAll();
}

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

/// <summary>A model as the C# that builds it: <c>Sequential(Linear(784, 64), Relu(), Linear(64, 10))</c>.</summary>
public static class ModelText
{
    /// <summary>Builds the model that a text describes; its parameters are not drawn yet.</summary>
    /// <exception cref="CallTextException">The text is malformed, or a name or argument is not known.</exception>
    public static Layer Parse(string text) => LayerCatalog.All.Parse(text);

    /// <summary>The text of a model, which <see cref="Parse"/> reads back.</summary>
    public static string Print(Layer model) => model.ToString()!;
}
