#:property PublishAot=false
// Writes the map of the course, docs/map.md and docs/es/mapa.md, from course/map.tsv: dotnet run tools/map.cs
string root = Environment.CurrentDirectory;
string[] rows = File.ReadAllLines(Path.Combine(root, "course", "map.tsv"));
Write("docs/map.md", 0, "../course/en", "lesson", """
    # The map

    Every model, technique and worked example of the course: what it is, in which lesson (`./hondo course open N`), with
    which command, by which name in C#, and which test holds it. Made of `course/map.tsv` by `tools/map.cs`.
    """, "| | what it is | lesson | command | C# | test |", "[En español](es/mapa.md)");
Write("docs/es/mapa.md", 1, "../../course/es", "leccion", """
    # El mapa

    Todos los modelos, técnicas y ejemplos resueltos del curso: qué es cada uno, en qué lección está (`./hondo course
    open N --lang es`), con qué orden se usa, cómo se llama en C# y qué prueba lo sostiene. Sale de `course/map.tsv` con
    `tools/map.cs`.
    """, "| | qué es | lección | orden | C# | prueba |", "[In English](../map.md)");

void Write(string page, int language, string lessons, string prefix, string head, string titles, string other)
{
    var text = new StringWriter { NewLine = "\n" };
    text.WriteLine(head.ReplaceLineEndings("\n"));
    foreach (string row in rows.Where(row => row is ['#', '#', ..] or not ("" or ['#', ..])))
    {
        string[] cells = [.. row.TrimStart('#').Split(" | ").Select(cell => cell.Trim())];
        if (row is ['#', ..])
            text.WriteLine($"\n## {cells[language]}\n\n{titles}\n|---|---|---|---|---|---|");
        else
            text.WriteLine($"| {cells[language]} | {cells[2 + language]} | {Lesson(cells[4])} | `{cells[5]}` | "
                + $"`{cells[6]}` | {cells[7]} |");
    }
    text.WriteLine($"\n{other}");
    File.WriteAllText(Path.Combine(root, page), text.ToString());

    string Lesson(string which)
    {
        string pattern = int.TryParse(which, out int number) ? $"{prefix}-{number:00}-*.cs"
            : which.Replace("practical-", language == 1 ? "practica-" : "practical-", StringComparison.Ordinal) + ".cs";
        string folder = Path.Combine(root, "course", language == 1 ? "es" : "en");
        string file = Path.GetFileName(Directory.GetFiles(folder, pattern).Single());
        return $"[{which.Replace("practical-", "", StringComparison.Ordinal)}]({lessons}/{file})";
    }
}
