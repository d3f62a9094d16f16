#:property PublishAot=false
// Publishes the command line as one native file, measures it, and trains with it: dotnet run tools/native.cs [FOLDER]
// The model must be that of the program that runs on .NET (built before: dotnet build), to the last bit. It is compiled
// for AVX2 alone, which halves size and time; docs/publishing.md says what a published program has besides. In FOLDER
// the published files stay. The compiler needs clang or gcc and zlib1g-dev, and a few minutes.
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

const int MostMegabytes = 25, Starts = 50;
string home = Path.GetDirectoryName(Path.GetDirectoryName(Source()))!;
string place = Directory.CreateTempSubdirectory("hondo-native-").FullName;
string published = args is [string folder] ? Path.GetFullPath(folder) : Path.Combine(place, "published");
try
{
    // Elsewhere: the restore for one system is not that of the project beside it.
    string copy = Path.Combine(place, "copy");
    Copy("src", copy);
    foreach (string file in (string[])["Directory.Build.props", "Directory.Packages.props", "global.json", "NOTICE"])
        File.Copy(Path.Combine(home, file), Path.Combine(copy, file));
    var clock = Stopwatch.StartNew();
    Run(copy, "dotnet", ["publish", "src/Hondo.Cli", "-c", "Release", "--use-current-runtime", "-p:PublishAot=true",
        "-p:HondoAvx512=false", "-p:RunAnalyzers=false", "-nologo", "-v", "quiet", "-o", published]);
    string program = Path.Combine(published, OperatingSystem.IsWindows() ? "Hondo.Cli.exe" : "Hondo.Cli");
    double size = new FileInfo(program).Length / 1e6;
    Console.WriteLine($"compiled in {clock.Elapsed.TotalSeconds:F0} s; {size:F1} MB; beside it: "
        + string.Join(", ", Directory.GetFiles(published)
            .Where(file => file != program && Path.GetExtension(file) is not (".dbg" or ".pdb" or ".xml"))
            .Select(file => $"{Path.GetFileName(file)} {new FileInfo(file).Length / 1e6:F1} MB")));
    double[] starts = [.. Enumerable.Range(0, Starts).Select(_ => Milliseconds(program, "info", "mlp")).Order()];
    Console.WriteLine($"'info mlp' takes {starts[0]:F1} ms at best, {starts[Starts / 2]:F1} ms in the middle");
    string native = Hash(program, []);
    string managed = Hash("dotnet", ["run", "--no-build", "--project", "src/Hondo.Cli", "--"]);
    Console.WriteLine($"digits, one epoch: {native} native, {managed} on .NET");
    return native == managed && size <= MostMegabytes ? 0 : 1;
}
finally
{
    Directory.Delete(place, recursive: true);
}

void Copy(string from, string to)
{
    foreach (string file in Directory.EnumerateFiles(Path.Combine(home, from), "*", SearchOption.AllDirectories))
    {
        string name = Path.GetRelativePath(home, file);
        if (name.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            continue;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, name))!);
        File.Copy(file, Path.Combine(to, name));
    }
}

string Hash(string program, string[] before)
{
    string said = Run(home, program, [.. before, "train", "digits", "--epochs", "1", "--quiet", "--json",
        "--run", Path.Combine(place, $"run{before.Length}")]);
    using JsonDocument end = JsonDocument.Parse(said.TrimEnd().Split('\n')[^1]);
    return end.RootElement.GetProperty("modelHash").GetString()!;
}

double Milliseconds(string program, params string[] words)
{
    var clock = Stopwatch.StartNew();
    Run(home, program, words);
    return clock.Elapsed.TotalMilliseconds;
}

string Run(string folder, string program, string[] words)
{
    var start = new ProcessStartInfo(program, words)
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
    };
    // What this program's own build put into the environment is nothing to another's.
    foreach (string name in start.Environment.Keys.Where(name => name is "CI"
        || name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        start.Environment.Remove(name);
    using Process process = Process.Start(start)!;
    string said = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0 ? said
        : throw new InvalidOperationException($"{program} {string.Join(' ', words)}: {process.ExitCode}\n{said}");
}

static string Source([CallerFilePath] string path = "") => path;
