using System.Text;
using System.Text.RegularExpressions;

namespace Hondo.Notebooks;

/// <summary>
/// Makes a student's notebook of a solved one: in cells tagged <c>exercise</c> what stands between <c>// solution</c>
/// and <c>// end</c> (or the cell's end) is taken out; cells tagged <c>check</c> stay, or are hidden in the exercise
/// before them.
/// </summary>
public static partial class Exercises
{
    const string HiddenKey = "hidden_check";

    /// <summary>The student's notebook.</summary>
    /// <param name="solved">The solved one; it is not changed.</param>
    /// <param name="hidesChecks">True to take the checks out of sight: encoded, not encrypted.</param>
    /// <param name="isSpanish">Which language the empty places speak.</param>
    public static Notebook Of(Notebook solved, bool hidesChecks, bool isSpanish)
    {
        var notebook = new Notebook();
        Cell? exercise = null;
        foreach (Cell cell in solved.Cells)
            if (hidesChecks && cell.Has(Cell.CheckTag) && exercise is not null)
                exercise.Metadata[HiddenKey] = Encode(Decode(exercise) is { } before ? $"{before}\n{cell.Source}"
                    : cell.Source);
            else
            {
                bool isExercise = cell.Kind == CellKind.Code && cell.Has(Cell.ExerciseTag);
                var copy = new Cell(cell.Kind, isExercise ? Empty(cell.Source, isSpanish) : cell.Source)
                {
                    Metadata = (System.Text.Json.Nodes.JsonObject)cell.Metadata.DeepClone(),
                    Attachments = (System.Text.Json.Nodes.JsonObject?)cell.Attachments?.DeepClone(),
                };
                exercise = isExercise ? copy : exercise;
                notebook.Cells.Add(copy);
            }
        return notebook.WithIds();
    }

    /// <summary>For a student's notebook: the check that follows a cell, or null.</summary>
    /// <param name="notebook">The student's.</param>
    /// <param name="solved">The solved one with the checks that count, or null for those that the notebook carries.
    /// </param>
    internal static Func<Cell, string?> HiddenChecks(Notebook notebook, Notebook? solved)
    {
        if (solved is null)
            return Decode;
        List<string?> checks = [];
        foreach (Cell cell in solved.Code)
            if (cell.Has(Cell.ExerciseTag))
                checks.Add(null);
            else if (cell.Has(Cell.CheckTag) && checks.Count > 0)
                checks[^1] = checks[^1] is { } before ? $"{before}\n{cell.Source}" : cell.Source;
        Dictionary<Cell, string?> after = notebook.Code.Where(cell => cell.Has(Cell.ExerciseTag)).Zip(checks)
            .ToDictionary(pair => pair.First, pair => pair.Second);
        return cell => after.GetValueOrDefault(cell);
    }

    static string Empty(string source, bool isSpanish)
    {
        string place = isSpanish ? "// Tu código aquí." : "// Your code here.";
        return Solution().IsMatch(source) ? Solution().Replace(source, $"$1{place}") : place;
    }

    static string Encode(string code) => Convert.ToBase64String(Encoding.UTF8.GetBytes(code));

    static string? Decode(Cell cell)
    {
        try
        {
            return (string?)cell.Metadata[HiddenKey] is { } code
                ? Encoding.UTF8.GetString(Convert.FromBase64String(code))
                : null;
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^([ \t]*)// (?:solution|solución)\b.*$"
        + @"(?:\n(?![ \t]*// (?:end|fin)$).*)*(?:\n[ \t]*// (?:end|fin)$)?", RegexOptions.Multiline)]
    private static partial Regex Solution();
}
