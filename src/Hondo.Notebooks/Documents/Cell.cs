using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Hondo.Notebooks;

/// <summary>What a cell holds.</summary>
public enum CellKind
{
    /// <summary>C#.</summary>
    Code,

    /// <summary>Text in Markdown.</summary>
    Markdown,

    /// <summary>Text that is kept as it is.</summary>
    Raw,
}

/// <summary>A cell of a notebook: its source, and for code what executing it gave.</summary>
/// <param name="kind">What it holds.</param>
/// <param name="source">Its text, lines ended by <c>\n</c>.</param>
public sealed class Cell(CellKind kind, string source)
{
    /// <summary>The tag of a cell whose solution a student writes.</summary>
    public const string ExerciseTag = "exercise";

    /// <summary>The tag of a cell that checks the exercises before it.</summary>
    public const string CheckTag = "check";

    /// <summary>The tag, as Jupyter knows it, of a cell that is meant to fail: execution goes on after it.</summary>
    public const string RaisesTag = "raises-exception";

    /// <summary>What it holds.</summary>
    public CellKind Kind { get; } = kind;

    /// <summary>Its text, lines ended by <c>\n</c>.</summary>
    public string Source { get; set; } = source;

    /// <summary>Its name within the notebook, derived from its source unless a program gave it another.</summary>
    public string Id { get; set; } = "";

    /// <summary>What editors and graders keep with it: tags, title.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>Pictures that were pasted into Markdown, by name, or null.</summary>
    public JsonObject? Attachments { get; init; }

    /// <summary>Which cell in the order of execution it was, from 1; null when it was not executed.</summary>
    public int? ExecutionCount { get; set; }

    /// <summary>What executing it gave, in the form of nbformat 4, with texts in one piece.</summary>
    public List<JsonObject> Outputs { get; } = [];

    /// <summary>True when it has a tag.</summary>
    public bool Has(string tag) => Metadata["tags"] is JsonArray tags
        && tags.Any(one => one is JsonValue value && value.TryGetValue(out string? text) && text == tag);

    /// <summary>The id that follows from the source: the same for the same text in the same notebook.</summary>
    /// <param name="ordinal">How many cells with the same source come before it.</param>
    internal string DerivedId(int ordinal) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{Kind}\n{ordinal}\n{Source}")))[..12];
}
