using System.Globalization;
using Hondo.Data;

namespace Hondo.Notebooks;

/// <summary>A lesson or practical of the course that comes with Hondo.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Name">What it is called in the language that was asked for: <c>lesson-05-xor-multilayer-perceptron</c>.
/// </param>
/// <param name="Title">Its heading.</param>
/// <param name="Notebook">Its cells, with the solutions.</param>
public sealed record CourseNotebook(int Number, string Name, string Title, Notebook Notebook)
{
    /// <summary>True for a lesson, false for a practical.</summary>
    public bool IsLesson => Name.StartsWith("lesson-", StringComparison.Ordinal)
        || Name.StartsWith("leccion-", StringComparison.Ordinal);
}

/// <summary>The course: lessons in the order of the decks, then the three practicals; each in English and Spanish.
/// </summary>
public static class Course
{
    /// <summary>All of them, in order.</summary>
    /// <param name="isSpanish">The language.</param>
    public static IReadOnlyList<CourseNotebook> All(bool isSpanish) =>
        [.. Templates.Names.Where(name => name != "empty").Select(name => Of(name, isSpanish))
            .OrderBy(one => one.IsLesson ? one.Name : one.Title, StringComparer.Ordinal)
            .OrderBy(one => !one.IsLesson).Select((one, i) => one with { Number = i + 1 })];

    /// <summary>One, by its number or by its name in either language.</summary>
    /// <exception cref="DataFormatException">There is none.</exception>
    public static CourseNotebook Find(string which, bool isSpanish)
    {
        IReadOnlyList<CourseNotebook> all = All(isSpanish), others = All(!isSpanish);
        int place = int.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number - 1
            : Enumerable.Range(0, all.Count).FirstOrDefault(i => all[i].Name == which || others[i].Name == which, -1);
        return place >= 0 && place < all.Count ? all[place] : throw new DataFormatException(which, "",
            "the course has no such lesson", $"It has 1 to {all.Count}: hondo course lists them.");
    }

    static CourseNotebook Of(string name, bool isSpanish)
    {
        Notebook notebook = Templates.Get(name, isSpanish);
        string heading = notebook.Cells[0].Source.Split('\n')[0];
        return new(0, isSpanish ? Templates.SpanishName(name) : name, heading.TrimStart('#', ' '), notebook);
    }
}
