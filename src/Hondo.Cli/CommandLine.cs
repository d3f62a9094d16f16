using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.CompilerServices;
using Hondo.Cli.Localization;
using Hondo.Cli.Output;
using Hondo.Cli.Verbs;
using Hondo.Layers;
using Hondo.Onnx;
using Hondo.Serialization;

namespace Hondo.Cli;

/// <summary>The commands, and how their failures become one clear message and an exit code.</summary>
static class CommandLine
{
    /// <summary>Runs a command line: 0 done, 1 failed, 2 wrong usage, 130 or 143 interrupted.</summary>
    public static int Run(string[] args, Terminal terminal)
    {
        Language.Choose(args);
        // Found in a model's text, not before: the line loads nothing.
        LayerCatalog.All.Register(new("OnnxModel(graph)", a => a.Try<Layer>(() =>
            OnnxModel.FromText(a.Text("graph")))));
        bool isSpanish = Language.IsSpanish(null);
        // What goes to a file or a program stays English, unless Spanish was asked for.
        if (isSpanish)
            terminal = terminal with
            {
                Out = Language.IsChosen || terminal.ShowsOutput ? new SpanishWriter(terminal.Out) : terminal.Out,
                Error = Language.IsChosen || terminal.ShowsError ? new SpanishWriter(terminal.Error) : terminal.Error,
            };
        try
        {
            Command root = Root(terminal);
            if (isSpanish)
                SpanishHelp.Translate(root);
            ParseResult parsed = root.Parse(args);
            if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
                throw Misuse.Of(parsed);
            if ((Misuse.Swallowed(parsed) ?? Misuse.Nameless(parsed)) is { } misuse)
                throw misuse;
            foreach (string plugin in parsed.GetValue<string[]>(Plugins.Option) ?? [])
                Plugins.Load(plugin);
            if (!isSpanish || parsed.Action is not HelpAction)
                return Invoke(parsed, terminal.Out, terminal);
            using var page = new StringWriter();
            int code = Invoke(parsed, page, terminal);
            terminal.Out.Write(SpanishHelp.Of(page.ToString()));
            return code;
        }
        catch (Exception error)
        {
            return Failure.Report(error, terminal, withTrace: args.Contains("--debug"));
        }
    }

    static int Invoke(ParseResult parsed, TextWriter output, Terminal terminal) => parsed.Invoke(new()
    {
        Output = output,
        Error = terminal.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    });

    /// <summary>The tree of all commands.</summary>
    internal static Command Root(Terminal terminal)
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
            RuntimeFeature.IsDynamicCodeSupported ? TuneVerb.Command(terminal) : ManagedVerbs.Missing("tune"),
            RuntimeFeature.IsDynamicCodeSupported ? StudiesVerb.Command(terminal) : ManagedVerbs.Missing("studies"),
            RuntimeFeature.IsDynamicCodeSupported ? DashboardVerb.Command(terminal) : ManagedVerbs.Missing("dashboard"),
            BenchVerb.Command(terminal),
            RuntimeFeature.IsDynamicCodeSupported ? NotebookVerb.Command(terminal) : ManagedVerbs.Missing("notebook"),
            RuntimeFeature.IsDynamicCodeSupported ? CourseVerb.Command(terminal) : ManagedVerbs.Missing("course"),
            PlotVerb.Command(terminal),
            NeuronVerb.Command(terminal),
            CompareVerb.Command(terminal),
            new HelpOption(),
            new VersionOption(),
            new Option<string[]>(Plugins.Option)
            {
                Description = "a .NET library whose own layers, losses, metrics … texts and models may name",
                Recursive = true,
            },
            Language.Asked(),
            new Option<bool>("--debug") { Description = "show stack traces of errors", Recursive = true },
        };
        root.SetAction(parsed => new HelpAction().Invoke(parsed));
        return root;
    }
}
