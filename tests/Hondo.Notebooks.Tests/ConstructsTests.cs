namespace Hondo.Notebooks.Tests;

/// <summary>The language in cells: what a cell declares is there for the next one. Cells of constructs.txt.</summary>
public sealed class ConstructsTests(WarmProcess warm) : IClassFixture<WarmProcess>
{
    // An anonymous type is internal to its cell's assembly; the error says to use a tuple or a record.
    static readonly string[] NotYet = ["anonymous type to next cell"];

    [Fact]
    public async Task Every_construct_works_across_cells()
    {
        Notebook notebook = PercentText.Parse(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "constructs.txt")), "constructs.txt");
        await warm.Run(notebook);
        var wrong = notebook.Cells.GroupBy(cell => (string?)cell.Metadata["title"])
            .Select(cells => (Title: cells.Key, Want: (string?)cells.Last().Metadata["want"],
                Got: string.Concat(cells.Select(Engine.Said))))
            .Where(one => one.Got != one.Want).ToList();
        Assert.Equal(62, notebook.Cells.DistinctBy(cell => (string?)cell.Metadata["title"]).Count());
        Assert.Equal(NotYet, wrong.Select(one => one.Title));
    }

    [Fact]
    public async Task What_stays_in_its_cell_is_named_with_the_reason()
    {
        Notebook notebook = Engine.Of("var p = new { A = 1 };", "Console.Write(p.A);");
        CellFailure failure = Assert.Single(await warm.Run(notebook));
        Assert.Contains("use a tuple or a record", failure.Message, StringComparison.Ordinal);
    }
}
