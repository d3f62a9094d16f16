using System.Xml.Linq;

namespace Hondo.Notebooks.Tests;

/// <summary>Runs cells as the command line does: in a process of their own.</summary>
static class Engine
{
    /// <summary>The built command line beside the tests.</summary>
    public static IReadOnlyList<string> Command { get; } =
        ["dotnet", Path.Combine(AppContext.BaseDirectory, "Hondo.Cli.dll"), "notebook", "worker"];

    public static Notebook Of(params string[] cells) =>
        new() { Cells = [.. cells.Select(code => new Cell(CellKind.Code, code))] };

    public static async Task<IReadOnlyList<CellFailure>> Run(Notebook notebook, bool goesOn = true) =>
        await new NotebookRun(Command) { GoesOn = goesOn, CompilesFirst = !goesOn }
            .Execute(notebook, Path.GetTempPath());

    /// <summary>The version of a package that the project restores.</summary>
    public static string VersionOf(string package) => XDocument.Load(Path.Combine(PageTests.Home,
        "Directory.Packages.props")).Descendants("PackageVersion")
        .First(one => one.Attribute("Include")?.Value == package).Attribute("Version")!.Value;

    /// <summary>Everything that a cell said as one text.</summary>
    public static string Said(Cell cell) => string.Concat(cell.Outputs.Select(output => OutputNode.TypeOf(output) switch
    {
        "stream" => (string?)output["text"],
        "error" => "!" + (string?)output["ename"],
        _ => "=" + (string?)output["data"]!["text/plain"],
    }));
}

/// <summary>
/// One process for the cells of many notebooks, each in a session of its own; a new one when it has ended. Most of what
/// a small notebook takes is a compiler that is cold.
/// </summary>
public sealed class WarmProcess : IDisposable
{
    WorkerProcess? _process;

    internal WorkerProcess Process
    {
        get
        {
            if (_process is { HasEnded: false })
                return _process;
            Dispose();
            return _process = new(Engine.Command, Path.GetTempPath(), _ => { });
        }
    }

    internal Task<IReadOnlyList<CellFailure>> Run(Notebook notebook, bool goesOn = true) =>
        new NotebookRun(Engine.Command) { GoesOn = goesOn, CompilesFirst = !goesOn, Warm = Process }
            .Execute(notebook, Path.GetTempPath());

    /// <inheritdoc/>
    public void Dispose() => _process?.Dispose();
}

/// <summary>The notebook of CheckTests, executed once: each test reads it anew.</summary>
public sealed class ExecutedNotebook : IAsyncLifetime
{
    internal string Text { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Notebook notebook = PercentText.Parse(CheckTests.Text, "a.cs");
        Assert.Empty(await Engine.Run(notebook, goesOn: false));
        Seal.Put(notebook);
        Text = Ipynb.Print(notebook);
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
