using System.CommandLine;
using Hondo.Cli.Output;
using Hondo.Notebooks;
using Hondo.Serialization;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo notebook run</c>: executes a notebook in a fresh process and writes what it showed.</summary>
static class NotebookRunVerb
{
    public static Command Command(Terminal terminal)
    {
        Argument<string> file = new("FILE") { Description = "a .cs notebook or an .ipynb" };
        Option<bool> ipynb = new("--ipynb") { Description = "write an .ipynb (the default)" },
            html = new("--html") { Description = "write one self-contained HTML page" },
            pdf = new("--pdf") { Description = "write a PDF, printed by a Chromium that is there" },
            goesOn = new("--keep-going") { Description = "go on after a cell that fails, and write the result" };
        Option<string> folder = new("--out") { Description = "where to write; beside the notebook when left out" };
        var command = new Command("run", "Execute a notebook from top to bottom in a fresh process.")
        { file, ipynb, html, pdf, goesOn, folder };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(file)!;
            string target = Path.Combine(parsed.GetValue(folder) ?? Path.GetDirectoryName(path)!,
                Path.GetFileNameWithoutExtension(path));
            Notebook notebook = Notebook.Read(path);
            int failures = Execute(notebook, path, parsed.GetValue(goesOn), terminal);
            if (failures > 0 && !parsed.GetValue(goesOn))
                return 1;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
            if (parsed.GetValue(ipynb) || !(parsed.GetValue(html) || parsed.GetValue(pdf)))
                Written(target + ".ipynb", notebook.Write, terminal);
            if (!parsed.GetValue(html) && !parsed.GetValue(pdf))
                return failures > 0 ? 1 : 0;
            string page = PageOf(notebook, path);
            if (parsed.GetValue(html))
                Written(target + ".html", one => DurableFile.WriteText(one, page), terminal);
            if (parsed.GetValue(pdf))
                Written(target + ".pdf", one => Chromium.Print(page, one), terminal);
            return failures > 0 ? 1 : 0;
        });
        return command;
    }

    /// <summary>The page of a notebook that lies at a path.</summary>
    public static string PageOf(Notebook notebook, string path) => NotebookPage.Of(notebook,
        Path.GetFileNameWithoutExtension(path), IsSpanish(notebook) ? "es" : "en");

    static int Execute(Notebook notebook, string path, bool goesOn, Terminal terminal)
    {
        using var interruption = new Interruption();
        bool isSpanish = IsSpanish(notebook);
        var run = new NotebookRun(NotebookVerb.WorkerCommand)
        {
            GoesOn = goesOn,
            IsSpanish = isSpanish,
            OnCell = Progress(terminal),
        };
        IReadOnlyList<CellFailure> failures = run.Execute(notebook, Path.GetDirectoryName(Path.GetFullPath(path)),
            interruption.Token).GetAwaiter().GetResult();
        foreach (CellFailure failure in failures)
            terminal.Error.WriteLine(PlainText.Of($"error: {path}, {failure.Message}"));
        Seal.Put(notebook, isSpanish);
        return failures.Count;
    }

    /// <summary>Says on a terminal which cell runs.</summary>
    public static Action<int, int>? Progress(Terminal terminal) => !terminal.ShowsError ? null
        : (number, count) => terminal.Error.Write(number < count ? $"\rcell {number}/{count} " : "\r\u001b[K");

    // A screen reader must know the language, too: its text says it, else its reader's is as good.
    static bool IsSpanish(Notebook notebook) => notebook.IsSpanish ?? Language.IsSpanish(null);

    static void Written(string path, Action<string> write, Terminal terminal)
    {
        write(path);
        terminal.Out.WriteLine(PlainText.Of(path));
    }
}
