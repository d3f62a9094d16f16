using System.Text.Json.Nodes;

namespace Hondo.Notebooks;

/// <summary>
/// Which cells an executed notebook had: a cell that was deleted after the execution leaves a trace here.
/// </summary>
public static class Seal
{
    /// <summary>Where it is kept in the notebook's metadata.</summary>
    public const string Key = "hondo";

    const string CellsKey = "executed_cells";

    /// <summary>Says which cells there are.</summary>
    public static void Put(Notebook notebook) => notebook.Metadata[Key] = new JsonObject
    {
        [CellsKey] = new JsonArray([.. notebook.Cells.Select(JsonNode? (cell) => cell.Id)]),
    };

    /// <summary>The places, from 1, of cells that were executed and are not there any more.</summary>
    public static IReadOnlyList<int> Missing(Notebook notebook)
    {
        HashSet<string> there = [.. notebook.Cells.Select(cell => cell.Id)];
        return notebook.Metadata[Key]?[CellsKey] is JsonArray executed
            ? [.. executed.Index().Where(item => !there.Contains((string?)item.Item ?? "")).Select(i => i.Index + 1)]
            : [];
    }
}
