using System.Globalization;

namespace Hondo.Cli.Output;

/// <summary>Text for people, in lines that fit.</summary>
static class Wrapping
{
    /// <summary>The text in lines of at most so many columns, broken between words; a longer word is cut.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            string rest = word;
            if (line.Length > 0 && (long)line.Length + 1 + rest.Length > width)
            {
                yield return line;
                line = "";
            }
            for (; rest.Length > width; rest = rest[width..])
                yield return rest[..width];
            line = line.Length == 0 ? rest : $"{line} {rest}";
        }
        yield return line;
    }

    /// <summary>The text with every line after the first moved to the right.</summary>
    public static string Hanging(string text, int width, int indent) => width == int.MaxValue ? text
        : string.Join('\n' + new string(' ', indent), Lines(text, Math.Max(20, width - indent)));

    /// <summary>Pieces side by side, two blanks between them; those that do not fit go on below.</summary>
    public static string Pieces(IEnumerable<string> pieces, int width)
    {
        const string Below = "\n    ";
        string text = "";
        int line = 0;
        foreach (string piece in pieces.Where(piece => piece.Length > 0))
        {
            bool fits = line == 0 || (long)line + 2 + piece.Length <= width;
            text += (line == 0 ? "" : fits ? "  " : Below) + piece;
            line = fits ? line + (line == 0 ? 0 : 2) + piece.Length : Below.Length - 1 + piece.Length;
        }
        return text;
    }

    /// <summary>A number and what it counts: <c>1 epoch</c>, <c>2 epochs</c>.</summary>
    public static string Count(long number, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {one}{(number == 1 ? "" : "s")}");
}
