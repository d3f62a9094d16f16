#:property PublishAot=false
// Brings the lists of public members (src/*/PublicAPI.Unshipped.txt) up to date: dotnet run tools/api.cs
// What is new gets its line, what is gone loses it, as the compiler's analyzer says; look at the difference before you
// commit it. (Its own fix-up, dotnet format, takes the lines of all extension members out when one of them is new.)
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

string home = Path.GetDirectoryName(Path.GetDirectoryName(Source()))!;
// The library first: the others are built on it.
foreach (string list in Directory.GetFiles(Path.Combine(home, "src"), "PublicAPI.Unshipped.txt",
    SearchOption.AllDirectories).OrderBy(path => path.Length))
{
    string project = Path.GetDirectoryName(list)!, said = Build(project);
    string[] added = Symbols("RS0016", said), gone = Symbols("RS0017", said);
    Console.WriteLine($"{Path.GetFileName(project)}: {added.Length} added, {gone.Length} gone");
    string[] lines = File.ReadAllLines(list);
    File.WriteAllLines(list, [lines[0], .. lines[1..].Except(gone).Union(added).Order(StringComparer.Ordinal)]);
    // What has an error leaves nothing to build on.
    if (added.Length + gone.Length > 0)
        said = Build(project);
    if (Regex.Match(said, @"error \w+: .+") is { Success: true } error)
    {
        Console.WriteLine($"It does not build: {error.Value}");
        return 1;
    }
}
return 0;

// Only what the compiler is run for is analyzed.
static string Build(string project)
{
    var start = new ProcessStartInfo("dotnet", ["build", project, "--nologo", "--no-incremental", "--no-dependencies",
        "-p:RunAnalyzers=true"])
    {
        RedirectStandardOutput = true,
    };
    using Process process = Process.Start(start)!;
    string said = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return said;
}

// Symbol 'Hondo.Tensors.Tensor.Size.get -> int' is not part of the declared public API
static string[] Symbols(string rule, string said) =>
    [.. Regex.Matches(said, $"{rule}: Symbol '(.+?)' is ").Select(match => match.Groups[1].Value).Distinct()];

static string Source([CallerFilePath] string path = "") => path;
