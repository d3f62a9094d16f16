using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Hondo.Notebooks;

/// <summary>
/// What an executed notebook had: a cell that was deleted, changed or added after the execution leaves a trace here,
/// also where executing it anew would show the same.
/// </summary>
public static class Seal
{
    /// <summary>Where it is kept in the notebook's metadata.</summary>
    public const string Key = "hondo";

    const string CellsKey = "executed_cells", SourcesKey = "executed_sources", LanguageKey = "language";

    const int HashLength = 16;

    /// <summary>Says which cells there are, what those with code hold, and in which language they were executed.
    /// </summary>
    public static void Put(Notebook notebook, bool isSpanish = false)
    {
        notebook.WithIds();
        notebook.Metadata[Key] = new JsonObject
        {
            [CellsKey] = new JsonArray([.. notebook.Cells.Select(JsonNode? (cell) => cell.Id)]),
            [SourcesKey] = new JsonObject(notebook.Code.Select(cell =>
                KeyValuePair.Create(cell.Id, (JsonNode?)HashOf(cell)))),
            [LanguageKey] = isSpanish ? "es" : "en",
        };
    }

    /// <summary>The language in which it was executed: true for Spanish, null when it has no seal.</summary>
    public static bool? IsSpanish(Notebook notebook) =>
        Of(notebook)?[LanguageKey] is JsonValue value && value.TryGetValue(out string? language)
            ? language == "es" : null;

    /// <summary>What was done to its cells since, as sentences; nothing when it has no seal.</summary>
    internal static IEnumerable<string> Differences(Notebook notebook)
    {
        JsonObject? seal = Of(notebook);
        string[] executed = seal?[CellsKey] is JsonArray cells ? [.. cells.Select(id => $"{id}")] : [];
        HashSet<string> there = [.. notebook.Cells.Select(cell => cell.Id)];
        foreach ((int place, string id) in executed.Index())
            if (!there.Contains(id))
                yield return $"cell {place + 1} of those that were executed is not there any more: execute the "
                    + "notebook again";
        if (seal?[SourcesKey] is not JsonObject sources)
            yield break;
        int last = -1;
        foreach ((int place, Cell cell) in notebook.Code.Index())
        {
            string name = NotebookRun.FileOf(place + 1);
            int before = Array.IndexOf(executed, cell.Id);
            if (sources[cell.Id] is not { } hash)
                yield return $"{name} was added after the notebook was executed: execute it again";
            else if ($"{hash}" != HashOf(cell))
                yield return $"{name} was changed after it was executed: execute the notebook again";
            else if (before < last)
                yield return $"{name} stood in another place when it was executed: execute the notebook again";
            last = Math.Max(last, before);
        }
    }

    static JsonObject? Of(Notebook notebook) => notebook.Metadata[Key] as JsonObject;

    static string HashOf(Cell cell) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cell.Source)))[..HashLength];
}
