using System.CommandLine;
using Hondo.Cli.Output;
using Hondo.Data;
using Hondo.Notebooks;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo notebook new|run|check|convert|program|kernel</c>: notebooks in C#.</summary>
static class NotebookVerb
{
    public static Command Command(Terminal terminal) =>
        new("notebook", "Notebooks in C#: executed, re-executed and compared, served to Jupyter and VS Code.")
        {
            NotebookFilesVerb.New(terminal),
            NotebookRunVerb.Command(terminal),
            NotebookCheckVerb.Command(terminal),
            NotebookFilesVerb.Convert(terminal),
            NotebookFilesVerb.Program(terminal),
            NotebookKernelVerb.Command(terminal),
            Worker(),
        };

    /// <summary>The command that becomes the process of the cells.</summary>
    public static IReadOnlyList<string> WorkerCommand =>
        [Environment.ProcessPath ?? "dotnet", typeof(NotebookVerb).Assembly.Location, "notebook", "worker"];

    static Command Worker()
    {
        Argument<string> requests = new("IN"), replies = new("OUT");
        var command = new Command("worker", "The process of the cells; other commands start it.") { requests, replies };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            Rich.PictureFormat = new PngPictures();
            return Notebooks.Worker.Run(parsed.GetValue(requests)!, parsed.GetValue(replies)!,
                Language.IsSpanish(null));
        });
        return command;
    }
}
