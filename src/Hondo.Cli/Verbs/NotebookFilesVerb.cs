using System.CommandLine;
using System.Text;
using Hondo.Cli.Output;
using Hondo.Notebooks;
using Hondo.Serialization;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo notebook new|convert|program</c>: a notebook in another form.</summary>
static class NotebookFilesVerb
{
    public static Command Convert(Terminal terminal)
    {
        Argument<string> file = new("FILE") { Description = "a .cs notebook, or an .ipynb" };
        Argument<string?> target = new("TARGET")
        {
            Description = "where to write it, also a page (.html, .pdf); when left out beside it, in the other form",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("convert",
            "Turn a .cs notebook into an .ipynb, or the other way round, or show it as a page.")
        { file, target };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(file)!, other = path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase)
                ? ".ipynb"
                : ".cs";
            Notebook notebook = Notebook.Read(path);
            string to = parsed.GetValue(target) ?? Path.ChangeExtension(path, other);
            Action<string> write = Path.GetExtension(to).ToLowerInvariant() switch
            {
                ".html" => one => DurableFile.WriteText(one, NotebookRunVerb.PageOf(notebook, path)),
                ".pdf" => one => Chromium.Print(NotebookRunVerb.PageOf(notebook, path), one),
                _ => notebook.Write,
            };
            return Write(to, write, isNew: parsed.GetValue(target) is null, terminal);
        });
        return command;
    }

    public static Command Program(Terminal terminal)
    {
        Argument<string> file = new("FILE") { Description = "a .cs notebook, or an .ipynb" };
        var command = new Command("program", "Write the program of one file that dotnet run and a debugger take.")
        { file };
        command.SetAction(parsed =>
        {
            string path = Path.GetFullPath(parsed.GetValue(file)!);
            string folder = Path.GetDirectoryName(path)!;
            (string text, IReadOnlyList<string> problems) = NotebookProgram.Of(Notebook.Read(path),
                Path.GetRelativePath(folder, ProjectFolder()).Replace('\\', '/'));
            foreach (string problem in problems)
                terminal.Error.WriteLine(PlainText.Of($"not portable: {problem}"));
            string target = Path.Combine(folder, Path.GetFileNameWithoutExtension(path) + ".program.cs");
            DurableFile.Write(target, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
            terminal.Out.WriteLine(PlainText.Of(target));
            return problems.Count == 0 ? 0 : 1;
        });
        return command;
    }

    public static Command New(Terminal terminal)
    {
        Argument<string> name = new("NAME")
        {
            Description = "empty, a lesson or practical of the course (hondo course lists them), or the file of a "
                + "solved notebook",
        };
        Option<string?> file = new("--out") { Description = "the file to write, .cs or .ipynb" };
        Option<bool> exercises = new("--exercises") { Description = "hide the checks that a teacher's check counts" },
            solved = new("--solved") { Description = "with the solutions" };
        var command = new Command("new", "Write a notebook to begin with.")
        { name, file, exercises, solved };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(solved))
                Applicability.Refuse(parsed, "is for exercises, but --solved has none", exercises);
            bool isSpanish = Language.IsSpanish(null);
            string from = parsed.GetValue(name)!;
            Notebook notebook = File.Exists(from) ? Notebook.Read(from) : Templates.Get(from, isSpanish);
            if (!parsed.GetValue(solved))
                notebook = Exercises.Of(notebook, parsed.GetValue(exercises), isSpanish);
            return Write(parsed.GetValue(file) ?? Path.GetFileNameWithoutExtension(from) + ".ipynb", notebook.Write,
                isNew: true, terminal);
        });
        return command;
    }

    /// <summary>Writes a notebook, and says where.</summary>
    public static int Write(string path, Action<string> write, bool isNew, Terminal terminal)
    {
        if (isNew && File.Exists(path))
            throw new IOException($"{path} exists already. Delete it, or name another file.");
        write(path);
        terminal.Out.WriteLine(PlainText.Of(path));
        return 0;
    }

    // The start script keeps the built program in artifacts/hondo, below the sources.
    static string ProjectFolder()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (Directory.Exists(Path.Combine(folder, "src", "Hondo.Notebooks")))
                return Path.Combine(folder, "src", "Hondo.Notebooks");
        throw new IOException("The sources of Hondo are not above this program, and a program of one file needs their "
            + "path. Run it from a copy of the sources.");
    }
}
