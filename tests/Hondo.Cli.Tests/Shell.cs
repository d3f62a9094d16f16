namespace Hondo.Cli.Tests;

/// <summary>Runs command lines in this process, and a folder that is gone afterwards.</summary>
sealed class Shell : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("hondo-cli-").FullName;

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    public Answer Run(params string[] args) => RunWith("", args);

    public Answer RunWith(string input, params string[] args) => RunWith(input, terminal => terminal, args);

    /// <summary>Runs a command line as on a terminal of so many columns.</summary>
    public Answer RunOnTerminal(int width, params string[] args) => RunWith("", terminal => terminal with
    {
        ShowsOutput = true,
        ShowsError = true,
        IsLive = true,
        Width = () => width,
    }, args);

    static Answer RunWith(string input, Func<Terminal, Terminal> change, string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var ending = new Ending { NewLine = "\n" };
        int code = CommandLine.Run(args, change(new(new StringReader(input), output, ending)
        {
            Stop = ending.Source.Token,
        }));
        return new(code, output.ToString(), ending.ToString());
    }

    // A dashboard serves until somebody ends it: here, when the training is finished.
    sealed class Ending : StringWriter
    {
        public CancellationTokenSource Source { get; } = new();

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith("finished: ", StringComparison.Ordinal) == true)
                Source.Cancel();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
