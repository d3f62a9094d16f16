using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hondo.Data;

namespace Hondo.Notebooks;

/// <summary>The part of a C# text that is one cell, and how it becomes a cell and is written again.</summary>
sealed partial record Chunk(string Type, JsonObject Values, string Source, int BlankLines)
{
    const string SpellingKey = "hondo_spelling", IdKey = "id", AttachmentsKey = "attachments", TailKey = "tail";

    /// <summary>True for the cell that holds the notebook's own metadata.</summary>
    public bool IsNotebook => Type == PercentMarker.NotebookType;

    /// <summary>Reads one: its first line may be a marker.</summary>
    /// <exception cref="DataFormatException">A line of text is no comment.</exception>
    public static Chunk Parse(string text, string path, int firstLine)
    {
        List<string> lines = [.. text.Split('\n')];
        bool hasMarker = PercentMarker.Is(lines[0]);
        (string type, JsonObject values) = hasMarker ? PercentMarker.Parse(lines[0]) : ("", []);
        if (hasMarker)
            lines.RemoveAt(0);
        // What follows the last line's end is no line.
        if (lines.Count > 0 && lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        int blank = 0;
        for (; lines.Count > 0 && lines[^1].Length == 0; blank++)
            lines.RemoveAt(lines.Count - 1);
        lines = [.. lines.Select(line => Escaped().Replace(line, "$1$2"))];
        IEnumerable<string> body = type.Length == 0 ? lines : lines.Select((line, i) =>
            Text(line) ?? throw new DataFormatException(path, $"line {firstLine + i + 1}",
                $"a cell of text has a line that is no comment: {line.Trim()}",
                "Begin it with '// ', or begin a cell of code above it with '// %%'."));
        string source = string.Join('\n', body);
        if (values[TailKey] is JsonValue tail && tail.TryGetValue(out int count) && count is > 0 and < 1000)
            source += new string('\n', count);
        values.Remove(TailKey);
        return new(type, values, source, blank);
    }

    /// <summary>The cell; where writing it anew would not give the same text, it remembers its spelling.</summary>
    public Cell ToCell(string text, bool isLast)
    {
        var metadata = (JsonObject)Values.DeepClone();
        metadata.Remove(IdKey);
        metadata.Remove(AttachmentsKey);
        var cell = new Cell(KindOf(Type), Source)
        {
            Metadata = metadata,
            Attachments = Values[AttachmentsKey]?.DeepClone() as JsonObject,
            Id = (string?)Values[IdKey] ?? "",
        };
        if (Canonical(cell, (string?)Values[IdKey]) + Gap(isLast ? 0 : 1) == text)
            return cell;
        cell.Metadata[SpellingKey] = Canonical(cell, (string?)Values[IdKey]) + Gap(BlankLines) == text
            ? BlankLines
            : text;
        return cell;
    }

    /// <summary>The text of a cell.</summary>
    public static string Print(Cell cell, string derivedId, bool isFirst, bool isLast)
    {
        // An id that followed from an older source follows from the new one next time.
        string? id = cell.Id.Length == 0 || cell.Id == derivedId || Derived().IsMatch(cell.Id) ? null : cell.Id;
        string plain = Canonical(cell, id);
        if (cell.Metadata[SpellingKey] is not JsonValue spelling)
            return plain + Gap(isLast ? 0 : 1);
        if (spelling.TryGetValue(out int blank) && blank is >= 0 and < 1000)
            return plain + Gap(blank);
        // An editor may have changed the cell, or moved it: then the old spelling is not its own any more.
        return spelling.TryGetValue(out string? text) && (isFirst || PercentMarker.Is(text.Split('\n')[0]))
            && (isLast || text.EndsWith('\n')) && IsOf(cell, id, text) ? text : plain + Gap(isLast ? 0 : 1);
    }

    static bool IsOf(Cell cell, string? id, string text)
    {
        Chunk read = Parse(text, "", 1), own = Parse(Canonical(cell, id), "", 1);
        return read.Type == own.Type && read.Source == own.Source && JsonNode.DeepEquals(read.Values, own.Values);
    }

    static string Canonical(Cell cell, string? id)
    {
        var values = (JsonObject)cell.Metadata.DeepClone();
        values.Remove(SpellingKey);
        if (id is not null)
            values[IdKey] = id;
        if (cell.Attachments is not null)
            values[AttachmentsKey] = cell.Attachments.DeepClone();
        string source = cell.Source.TrimEnd('\n');
        if (source.Length < cell.Source.Length)
            values[TailKey] = cell.Source.Length - source.Length;
        string type = cell.Kind switch { CellKind.Markdown => "markdown", CellKind.Raw => "raw", _ => "" };
        IEnumerable<string> lines = source.Split('\n').Select(line => type.Length == 0 ? Escape(line) : Comment(line));
        return PercentMarker.Print(type, values) + '\n'
            + (source.Length == 0 && cell.Source.Length == 0 ? "" : string.Join('\n', lines) + '\n');
    }

    static string Gap(int blank) => new('\n', blank);

    static CellKind KindOf(string type) => type switch
    {
        "markdown" => CellKind.Markdown,
        "raw" => CellKind.Raw,
        _ => CellKind.Code,
    };

    // A line of the source that looks like a marker gets a backslash.
    static string Escape(string line) => LikeMarker().Replace(line, @"$1\$2");

    static string Comment(string line) => line.Length == 0 ? "//" : Escape($"// {line}");

    static string? Text(string line) => line.StartsWith("// ", StringComparison.Ordinal) ? line[3..]
        : line.StartsWith("//", StringComparison.Ordinal) ? line[2..]
        : line.Length == 0 ? "" : null;

    [GeneratedRegex(@"^(// ?)(\\*%%)")]
    private static partial Regex LikeMarker();

    [GeneratedRegex("^[0-9a-f]{12}$")]
    private static partial Regex Derived();

    [GeneratedRegex(@"^(// ?)\\(\\*%%)")]
    private static partial Regex Escaped();
}
