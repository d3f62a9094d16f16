#:property PublishAot=false
// Compiles the library in two folders of different names and compares the bytes: dotnet run tools/deterministic.cs
// What is published can so be compiled again by anyone, and found to be what the sources say.
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

string home = Path.GetDirectoryName(Path.GetDirectoryName(Source()))!;
string place = Directory.CreateTempSubdirectory("hondo-twice-").FullName;
try
{
    string[] libraries = ["Hondo.dll", "Hondo.pdb"];
    string[] first = Compile("one", libraries), second = Compile("the-other-folder", libraries);
    for (int i = 0; i < libraries.Length; i++)
        Console.WriteLine($"{libraries[i]}: {first[i]} and {second[i]}");
    return first.SequenceEqual(second) ? 0 : 1;
}
finally
{
    Directory.Delete(place, recursive: true);
}

string[] Compile(string name, string[] libraries)
{
    string copy = Path.Combine(place, name);
    string[] beside = ["Directory.Build.props", "Directory.Packages.props", "global.json", "NOTICE", ".editorconfig"];
    foreach (string file in Directory.EnumerateFiles(Path.Combine(home, "src"), "*", SearchOption.AllDirectories)
        .Concat(beside.Select(one => Path.Combine(home, one))))
    {
        string within = Path.GetRelativePath(home, file);
        if (within.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            continue;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, within))!);
        File.Copy(file, Path.Combine(copy, within));
    }
    string built = Path.Combine(copy, "built");
    var start = new ProcessStartInfo("dotnet", ["build", "src/Hondo", "-c", "Release", "-p:RunAnalyzers=false",
        "-nologo", "-v", "quiet", "-o", built])
    {
        WorkingDirectory = copy,
    };
    // What this program's own build put into the environment is nothing to another's.
    foreach (string key in start.Environment.Keys.Where(key =>
        key.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        start.Environment.Remove(key);
    using Process process = Process.Start(start)!;
    process.WaitForExit();
    if (process.ExitCode != 0)
        throw new InvalidOperationException($"The library could not be compiled in {copy}.");
    return [.. libraries.Select(library =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(built, library))))[..16])];
}

static string Source([CallerFilePath] string path = "") => path;
