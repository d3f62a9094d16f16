using System.CommandLine;
using Hondo.Cli.Output;
using Hondo.Notebooks;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo notebook kernel</c>: C# in JupyterLab, VS Code and whatever else knows kernels.</summary>
static class NotebookKernelVerb
{
    public static Command Command(Terminal terminal)
    {
        Argument<string?> file = new("CONNECTION_FILE")
        {
            Description = "the file that Jupyter writes when it starts a kernel",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> install = new("--install") { Description = "tell Jupyter and VS Code of the kernel" };
        Option<string?> prefix = new("--prefix") { Description = "install below FOLDER/share/jupyter" };
        var command = new Command("kernel", "The Jupyter kernel: --install tells Jupyter and VS Code of it.")
        { file, install, prefix };
        command.SetAction(parsed =>
        {
            if (!parsed.GetValue(install))
                Applicability.Refuse(parsed, "is where --install writes, but it is not given", prefix);
            else if (parsed.GetValue(file) is { } connection)
                throw new UsageException($"--install starts no kernel: leave '{connection}' out.");
            if (parsed.GetValue(install))
            {
                string folder = KernelInfo.Install([.. NotebookVerb.WorkerCommand.SkipLast(1), "kernel"],
                    parsed.GetValue(prefix), Language.IsSpanish(null));
                terminal.Out.WriteLine(PlainText.Of(folder));
                return 0;
            }
            using var kernel = new JupyterKernel(parsed.GetValue(file) ?? throw new UsageException(
                "hondo notebook kernel: name a connection file, or --install the kernel and let Jupyter start it."),
                NotebookVerb.WorkerCommand);
            kernel.Run();
            return 0;
        });
        return command;
    }
}
