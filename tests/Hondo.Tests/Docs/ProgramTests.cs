using System.Diagnostics;
using System.Text.RegularExpressions;
using Hondo.Tests.Data;

namespace Hondo.Tests.Docs;

/// <summary>A program of one file, begun as the tour begins it, compiles and runs far from this repository.</summary>
public sealed partial class ProgramTests : IDisposable
{
    readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_tours_two_lines_make_a_program_anywhere()
    {
        string tour = Page.Read("docs/tour.md")!, root = Page.Home;
        string[] head = [.. Directive().Matches(tour).Select(line => line.Value)];
        Assert.Equal(2, head.Length);
        string path = Path.Combine(Path.GetRelativePath(_folder.Folder, root), "program.targets");
        string file = Path.Combine(_folder.Folder, "mine.cs");
        File.WriteAllText(file, string.Join('\n', head).Replace("path/to/hondo/program.targets",
            path.Replace('\\', '/'), StringComparison.Ordinal) + """

            Tensor x = Tensor.Of(new[,] { { 1f, 2f }, { 3f, 4f } });
            Console.WriteLine(x.MatMul(x));
            Console.WriteLine(new LineChart("a", [new("b", [1, 2, 3])]).ToSvg().Length > 100);
            """);
        (int code, string output) = Run(file);
        Assert.True(code == 0, output);
        Assert.Contains("{7, 10, 15, 22}", output, StringComparison.Ordinal);
        Assert.Contains("True", output, StringComparison.Ordinal);
    }

    static (int Code, string Output) Run(string file)
    {
        // What the test's own build put into the environment is nothing to a user's.
        var start = new ProcessStartInfo("dotnet", ["run", file])
        {
            WorkingDirectory = Path.GetDirectoryName(file),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(name =>
            name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    [GeneratedRegex("^#:.*$", RegexOptions.Multiline)]
    private static partial Regex Directive();
}
