namespace Hondo.Cli.Tests;

/// <summary>Runs command lines in this process, and a folder that is gone afterwards.</summary>
sealed class Shell : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("hondo-cli-").FullName;

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    public Answer Run(params string[] args) => RunWith("", args);

    public Answer RunWith(string input, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int code = CommandLine.Run(args, new(new StringReader(input), output, error));
        return new(code, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
