using System.Text;
using System.Text.Json.Nodes;
using Hondo.Data;
using Hondo.Serialization;

namespace Hondo.Notebooks;

/// <summary>
/// A notebook: cells of Markdown and C#. It is read from and written to a <c>.cs</c> text with <c>// %%</c> lines or an
/// <c>.ipynb</c> file (nbformat 4.5), and neither way loses anything but outputs, which the text does not hold.
/// </summary>
public sealed class Notebook
{
    /// <summary>The cells from top to bottom.</summary>
    public List<Cell> Cells { get; init; } = [];

    /// <summary>The notebook's own metadata.</summary>
    public JsonObject Metadata { get; init; } = DefaultMetadata();

    /// <summary>What an <c>.ipynb</c> says of itself when nothing else was asked for.</summary>
    public static JsonObject DefaultMetadata() => new()
    {
        ["kernelspec"] = new JsonObject
        {
            ["display_name"] = "C# (Hondo)",
            ["language"] = "C#",
            ["name"] = "hondo",
        },
        ["language_info"] = new JsonObject
        {
            ["file_extension"] = ".cs",
            ["mimetype"] = "text/x-csharp",
            ["name"] = "C#",
            ["pygments_lexer"] = "csharp",
        },
    };

    /// <summary>The cells with code.</summary>
    public IEnumerable<Cell> Code => Cells.Where(cell => cell.Kind == CellKind.Code);

    /// <summary>Which of the two languages its text is in: true for Spanish, null when it has no text.</summary>
    public bool? IsSpanish
    {
        get
        {
            string[] words = [.. Cells.Where(cell => cell.Kind == CellKind.Markdown)
                .SelectMany(cell => cell.Source.ToLowerInvariant().Split([' ', '\n']))];
            int spanish = words.Count(word => word is "de" or "la" or "el" or "que" or "los" or "una" or "y" or "en"),
                english = words.Count(word => word is "the" or "of" or "and" or "a" or "is" or "to" or "in");
            return spanish == english ? null : spanish > english;
        }
    }

    /// <summary>Reads a <c>.cs</c> or <c>.ipynb</c> file.</summary>
    /// <exception cref="DataFormatException">It is none, or damaged.</exception>
    public static Notebook Read(string path)
    {
        string text = File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: false));
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".ipynb" => Ipynb.Parse(text, path),
            // File.ReadAllText drops the mark at the beginning; the text remembers it.
            ".cs" => PercentText.Parse(HasMark(path) ? '\uFEFF' + text : text, path),
            _ => throw new DataFormatException(path, "", "a notebook is a .cs or an .ipynb file",
                "Give it one of these endings."),
        };
    }

    /// <summary>Writes a <c>.cs</c> or <c>.ipynb</c> file: it is either the old one or the new one, whole.</summary>
    public void Write(string path)
    {
        string text = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".ipynb" => Ipynb.Print(this),
            ".cs" => PercentText.Print(this),
            _ => throw new DataFormatException(path, "", "a notebook is a .cs or an .ipynb file",
                "Give it one of these endings."),
        };
        DurableFile.Write(path, stream => stream.Write(new UTF8Encoding(false).GetBytes(text)));
    }

    /// <summary>The id of every cell as its source says, in order.</summary>
    internal IReadOnlyList<string> DerivedIds()
    {
        Dictionary<(CellKind, string), int> seen = [];
        List<string> ids = [];
        foreach (Cell cell in Cells)
        {
            int ordinal = seen[(cell.Kind, cell.Source)] = seen.GetValueOrDefault((cell.Kind, cell.Source)) + 1;
            ids.Add(cell.DerivedId(ordinal));
        }
        return ids;
    }

    /// <summary>Gives every cell without an id the one that follows from its source.</summary>
    internal Notebook WithIds()
    {
        foreach ((Cell cell, string id) in Cells.Zip(DerivedIds()))
            if (cell.Id.Length == 0)
                cell.Id = id;
        return this;
    }

    static bool HasMark(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[3];
        return file.ReadAtLeast(start, 3, throwOnEndOfStream: false) == 3 && start is [0xEF, 0xBB, 0xBF];
    }
}
