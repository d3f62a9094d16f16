using System.Text.Json.Nodes;

namespace Hondo.Notebooks.Tests;

/// <summary>The three practicals in both languages: as they are handed in, and as a student gets them.</summary>
/// <param name="warm">Compiles the cells.</param>
public sealed class PracticalTests(WarmProcess warm) : IClassFixture<WarmProcess>
{
    public static TheoryData<string> Practicals => new(
    [
        "en/practical-mnist", "en/practical-imagenet", "en/practical-text", "es/practica-mnist", "es/practica-imagenet",
        "es/practica-text",
    ]);

    /// <summary>As they are handed in: what the check compares, without their minutes of training.</summary>
    [Theory]
    [MemberData(nameof(Practicals))]
    public void Every_change_of_a_practical_that_is_planted_is_found(string name)
    {
        string file = Path.Combine(PageTests.Home, "course", name + ".ipynb");
        Notebook anew = Notebook.Read(file);
        Assert.Empty(NotebookCheck.Differences(Notebook.Read(file), anew));
        Assert.DoesNotContain(anew.Code.SelectMany(cell => cell.Outputs), one => OutputNode.TypeOf(one) == "error");
        int drawn = Place(anew, "image/svg+xml"), said = Place(anew, "text"), last = anew.Code.Count() - 1;
        (string What, Action<Notebook> Change)[] planted =
        [
            ("a digit in a text", n => n.Code.ElementAt(said).Outputs[0]["text"] =
                CheckTests.Changed((string)n.Code.ElementAt(said).Outputs[0]["text"]!, "")),
            ("a digit of a drawing", n => Redrawn(n, drawn,
                svg => CheckTests.Changed(svg, "<path", "<image", "<rect"))),
            ("a swapped picture", n => Redrawn(n, drawn, svg =>
                svg.Contains("base64,", StringComparison.Ordinal) ? CheckTests.Swapped(svg) : Upside(svg))),
            ("another plain text", n => Redrawn(n, drawn, text => text + ".", "text/plain")),
            ("a deleted output", n => n.Code.ElementAt(drawn).Outputs.RemoveAt(0)),
            ("an output too many", n => n.Code.ElementAt(drawn).Outputs.Add(OutputNode.Stream("stdout", "x"))),
            ("outputs of another cell", n => Move(n, drawn, said)),
            ("a deleted cell of code", n => n.Cells.Remove(n.Code.ElementAt(last))),
            ("a deleted cell of text", n => n.Cells.RemoveAt(0)),
            ("a check that is said to hold", n => n.Code.ElementAt(last).Outputs
                .Add(OutputNode.Stream("stdout", "✓ all"))),
            ("an error", n => n.Code.ElementAt(last).Outputs.Add(OutputNode.Error(new("Error", "no", [])))),
            ("a cell that was not executed", n => CheckTests.Forget(n.Code.ElementAt(said))),
            ("a line of the code", n => n.Code.ElementAt(drawn).Source += "\nint more = 1;"),
            ("a cell that was added", n => n.Cells.Add(new(CellKind.Code, "int x = 1;"))),
        ];
        foreach (var (what, change) in planted)
        {
            Notebook shown = Notebook.Read(file), again = Notebook.Read(file);
            change(shown);
            shown.WithIds();
            again.Cells.RemoveAll(cell => shown.Cells.All(one => one.Id != cell.Id));
            Assert.True(NotebookCheck.Differences(shown, again).Any(), what);
        }
    }

    [Theory]
    [InlineData("practical-mnist")]
    [InlineData("practical-imagenet")]
    [InlineData("practical-text")]
    public async Task A_practical_s_skeleton_compiles_without_its_solutions(string name)
    {
        foreach (bool isSpanish in new[] { false, true })
        {
            Notebook solved = Course.Find(name, isSpanish).Notebook;
            Notebook skeleton = Exercises.Of(solved, hidesChecks: true, isSpanish);
            Assert.True(skeleton.Code.Count(cell => cell.Has(Cell.ExerciseTag)) >= 2);
            Assert.DoesNotContain(skeleton.Code.SkipWhile(cell => !cell.Has(Cell.ExerciseTag)),
                cell => cell.Has(Cell.CheckTag));
            Assert.DoesNotMatch("// (solution|solución)", Ipynb.Print(skeleton));
            Func<Cell, string?> hidden = Exercises.HiddenChecks(skeleton, null);
            Assert.All(skeleton.Code.Where(cell => cell.Has(Cell.ExerciseTag)), cell => Assert.NotNull(hidden(cell)));
            await warm.Process.Ask(new() { ["do"] = "begin" });
            foreach (string code in skeleton.Code.SelectMany(cell => (string?[])[cell.Source, hidden(cell)])
                .OfType<string>())
                Assert.Null((await warm.Process.Ask(new() { ["do"] = "prepare", ["code"] = code, ["file"] = "cell" }))
                    ["error"]);
        }
    }

    // The first cell whose first output has this.
    static int Place(Notebook notebook, string key) => notebook.Code.Index().First(cell =>
        cell.Item.Outputs is [var first, ..] && (first[key] ?? first["data"]?[key]) is not null).Index;

    static void Redrawn(Notebook notebook, int cell, Func<string, string> change, string type = "image/svg+xml") =>
        notebook.Code.ElementAt(cell).Outputs[0]["data"]![type] =
            change((string)notebook.Code.ElementAt(cell).Outputs[0]["data"]![type]!);

    static string Upside(string svg) =>
        svg.Replace("<svg ", "<svg transform=\"scale(1,-1)\" ", StringComparison.Ordinal);

    static void Move(Notebook notebook, int from, int to)
    {
        JsonObject output = notebook.Code.ElementAt(from).Outputs[0];
        notebook.Code.ElementAt(from).Outputs.RemoveAt(0);
        notebook.Code.ElementAt(to).Outputs.Add(output);
    }
}
