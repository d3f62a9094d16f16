#:property PublishAot=false
// Publishes the command line as one native file, measures it, and trains with it: dotnet run tools/native.cs [FOLDER]
// The model must be that of the program that runs on .NET (built before: dotnet build), to the last bit. It is compiled
// for AVX2 alone, which halves size and time; docs/publishing.md says what a published program has besides. In FOLDER
// the published files stay. The compiler needs clang or gcc and zlib1g-dev, and a few minutes; without them it is said
// and nothing is done.
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

const int MostMegabytes = 25, Starts = 50;
if (Lacking() is { } lacking)
{
    Console.WriteLine($"Skipped: nothing can be linked here, {lacking}.");
    return 0;
}
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
        "-p:HondoAvx512=false", "-p:RunAnalyzers=false", "-p:NativeDebugSymbols=false", "-nologo", "-v", "quiet",
        "-o", published]);
    string program = Path.Combine(published, OperatingSystem.IsWindows() ? "Hondo.Cli.exe" : "Hondo.Cli");
    double size = new FileInfo(program).Length / 1e6;
    Console.WriteLine($"compiled in {clock.Elapsed.TotalSeconds:F0} s; {size:F1} MB; beside it: "
        + string.Join(", ", Directory.GetFiles(published)
            .Where(file => file != program && Path.GetExtension(file) is not (".dbg" or ".pdb" or ".xml"))
            .Select(file => $"{Path.GetFileName(file)} {new FileInfo(file).Length / 1e6:F1} MB")));
    double[] starts = [.. Enumerable.Range(0, Starts).Select(_ => Milliseconds(program, "info", "mlp")).Order()];
    Console.WriteLine($"'info mlp' takes {starts[0]:F1} ms at best, {starts[Starts / 2]:F1} ms in the middle");
    string[] managed = ["run", "--no-build", "--project", "src/Hondo.Cli", "--"];
    bool areSame = true;
    foreach (string data in (string[])["digits", Pictures()])
    {
        (string here, string there) = (Hash(program, [], data), Hash("dotnet", managed, data));
        Console.WriteLine($"{Path.GetFileName(data)}, one epoch: {here} native, {there} on .NET");
        areSame &= here == there;
    }
    return areSame && size <= MostMegabytes ? 0 : 1;
}
finally
{
    Directory.Delete(place, recursive: true);
}

// What the linker lacks on Linux; elsewhere it comes with the tools that a developer has.
static string? Lacking() => !OperatingSystem.IsLinux() ? null
    : !Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(path =>
        File.Exists(Path.Combine(path, "clang")) || File.Exists(Path.Combine(path, "gcc")))
        ? "there is neither clang nor gcc (apt-get install clang)"
    : !File.Exists("/usr/include/zlib.h") ? "zlib's header is missing (apt-get install zlib1g-dev)" : null;

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

// Two classes of TIFF, which is read by a package that knows nothing of native programs: grey, 16 bits.
string Pictures()
{
    const int Count = 20, Side = 8;
    string folder = Path.Combine(place, "pictures");
    for (ushort i = 0; i < 2 * Count; i++)
    {
        string file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, $"{i % 2}")).FullName, $"{i}.tif");
        using var tiff = new BinaryWriter(File.Create(file));
        tiff.Write("II*\0"u8);
        tiff.Write(8 + Side * Side * sizeof(ushort));
        for (int pixel = 0; pixel < Side * Side; pixel++)
            tiff.Write((ushort)((pixel * 7919 + i * 104729) % 30000 + i % 2 * 20000));
        // Width, height, bits, compression (none), black is 0, place, channels, rows and bytes of the one strip.
        (ushort Tag, int Value)[] fields = [(256, Side), (257, Side), (258, 16), (259, 1), (262, 1), (273, 8), (277, 1),
            (278, Side), (279, Side * Side * sizeof(ushort))];
        tiff.Write((ushort)fields.Length);
        foreach ((ushort tag, int value) in fields)
        {
            tiff.Write(tag);
            // Numbers of 16 bits, but for places and lengths.
            tiff.Write((ushort)(tag is 273 or 279 ? 4 : 3));
            tiff.Write(1);
            tiff.Write(value);
        }
        tiff.Write(0);
    }
    return folder;
}

string Hash(string program, string[] before, string data)
{
    string said = Run(home, program, [.. before, "train", data, "--epochs", "1", "--quiet", "--json",
        "--run", Path.Combine(place, $"run{before.Length}-{Path.GetFileName(data)}")]);
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
