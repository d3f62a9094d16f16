using System.Globalization;

namespace Hondo.Data;

/// <summary>Guesses the separator of a table from its first lines.</summary>
static class CsvDialect
{
    const int MostLines = 50;

    static readonly char[] Candidates = [';', '\t', '|', ','];

    /// <summary>
    /// The character that cuts every line into as many fields, the most of them when several do; a blank when fields
    /// stand between blanks; else the most frequent of the first line.
    /// </summary>
    public static char Separator(ReadOnlySpan<char> sample)
    {
        List<char[]> lines = Lines(sample);
        if (lines.Count == 0)
            return ',';
        (char Separator, int Fields)[] even = [.. Candidates.Select(c => (c, Even(lines, c))).Where(it =>
            it.Item2 > 0)];
        if (even.Length == 0)
            return IsBlankSeparated(lines) ? ' ' : Candidates.MaxBy(c => (Count(lines[0], c), c == ',' ? 1 : 0));
        // Commas between semicolons, tabs or bars may be decimal commas, but hardly the other way round.
        foreach ((char separator, _) in even)
            if (separator == ',' || lines.All(line => CommasAreDecimal(line, separator)))
                return even.Where(it => it.Separator != ',' || separator == ',').MaxBy(it => it.Fields).Separator;
        return even.MaxBy(it => it.Fields).Separator;
    }

    /// <summary>The name of a separator in a sentence.</summary>
    public static string NameOf(char separator) => separator switch
    {
        ',' => "comma",
        ';' => "semicolon",
        '\t' => "tab",
        ' ' => "blanks",
        '|' => "bar",
        _ => $"'{separator}'",
    };

    // The characters outside quotes of each line that is not blank.
    static List<char[]> Lines(ReadOnlySpan<char> sample)
    {
        List<char[]> lines = [];
        List<char> line = [];
        bool isQuoted = false;
        foreach (char c in sample)
            if (c is '\n' or '\r' && !isQuoted)
            {
                if (line.Exists(c => !char.IsWhiteSpace(c) || c == '\t'))
                    lines.Add([.. line]);
                line.Clear();
                if (lines.Count == MostLines)
                    return lines;
            }
            else
            {
                isQuoted ^= c == '"';
                // What is quoted is one letter, whatever it holds.
                line.Add(isQuoted || c == '"' ? '"' : c);
            }
        // The last line may be cut off by the end of the sample, so it counts only when it is all there is.
        if (lines.Count == 0 && line.Count > 0)
            lines.Add([.. line]);
        return lines;
    }

    // How often the character is in each line, 0 when that differs; the header may have one more at its end.
    static int Even(List<char[]> lines, char candidate)
    {
        int count = Count(lines[^1], candidate);
        bool endsWith = lines[0].AsSpan().TrimEnd().EndsWith([candidate]) || candidate == '\t' && lines[0][^1] == '\t';
        int first = Count(lines[0], candidate);
        return lines.Skip(1).All(line => Count(line, candidate) == count)
            && (first == count || endsWith && first == count + 1 || first == count - 1 && lines.Skip(1)
                .All(line => line.AsSpan().TrimEnd().EndsWith([candidate]))) ? Math.Max(first, count) : 0;
    }

    static int Count(ReadOnlySpan<char> line, char candidate) => line.Count(candidate);

    static bool CommasAreDecimal(char[] line, char separator)
    {
        if (!line.Contains(','))
            return true;
        foreach (string field in new string(line).Split(separator))
            if (field.Contains(',', StringComparison.Ordinal)
                && !NumberText.TryRead(field, ',', out _) && !NumberText.TryRead(field, '.', out _))
                return false;
        return true;
    }

    static bool IsBlankSeparated(List<char[]> lines)
    {
        string[][] rows = [.. lines.Select(line => new string(line)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];
        return rows[0].Length > 1 && rows.All(row => row.Length == rows[0].Length)
            && rows[^1].Count(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture,
                out _)) * 2
                >= rows[^1].Length;
    }
}
