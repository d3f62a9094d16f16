using System.CommandLine;
using System.CommandLine.Help;
using Hondo.Cli.Verbs;

namespace Hondo.Cli;

/// <summary>The commands, and how their failures become one clear message and an exit code.</summary>
static class CommandLine
{
    /// <summary>Runs a command line: 0 done, 1 failed, 2 wrong usage, 130 or 143 interrupted.</summary>
    public static int Run(string[] args, Terminal terminal)
    {
        try
        {
            ParseResult parsed = Root(terminal).Parse(args);
            if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
                throw Misuse.Of(parsed);
            foreach (string plugin in parsed.GetValue<string[]>(Plugins.Option) ?? [])
                Plugins.Load(plugin);
            return parsed.Invoke(new()
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception error)
        {
            return Failure.Report(error, terminal, withTrace: args.Contains("--debug"));
        }
    }

    static Command Root(Terminal terminal)
    {
        var root = new Command("hondo", "Deep learning for .NET: train, evaluate and use neural networks.")
        {
            TrainVerb.Command(terminal),
            EvalVerb.Command(terminal),
            PredictVerb.Command(terminal),
            GenerateVerb.Command(terminal),
            InfoVerb.Command(terminal),
            DataVerb.Command(terminal),
            ModelsVerb.Command(terminal),
            OnnxVerb.Command(terminal),
            RunsVerb.Command(terminal),
            ExplainVerb.Command(terminal),
            TuneVerb.Command(terminal),
            StudiesVerb.Command(terminal),
            DashboardVerb.Command(terminal),
            BenchVerb.Command(terminal),
            NotebookVerb.Command(terminal),
            CourseVerb.Command(terminal),
            new HelpOption(),
            new VersionOption(),
            new Option<string[]>(Plugins.Option)
            {
                Description = "a .NET library whose own layers, losses, metrics … texts and models may name",
                Recursive = true,
            },
            new Option<bool>("--debug") { Description = "show stack traces of errors", Recursive = true },
        };
        root.SetAction(parsed => new HelpAction().Invoke(parsed));
        return root;
    }
}
