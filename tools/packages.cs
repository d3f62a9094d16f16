#:property PublishAot=false
// Makes the packages and uses them as their users do, far from this folder: dotnet run tools/packages.cs
// Each has a readme, a licence, words to be found by, and symbols; the tool is installed and trains; 'dotnet new hondo'
// makes a project that builds and trains. All of it lies in a temporary folder, from which alone packages are taken.
using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

string home = Path.GetDirectoryName(Path.GetDirectoryName(Source()))!;
string place = Directory.CreateTempSubdirectory("hondo-packages-").FullName, feed = Path.Combine(place, "feed");
int failures = 0;
try
{
    Must(home, "dotnet", ["pack", "-c", "Release", "--nologo", "-v", "quiet", "-o", feed]);
    foreach (string package in Directory.GetFiles(feed, "*.nupkg").Order(StringComparer.Ordinal))
        Look(package);
    File.WriteAllText(Path.Combine(place, "NuGet.config"), $"""
        <configuration>
          <packageSources><clear /><add key="local" value="{feed}" /></packageSources>
        </configuration>
        """);
    Must(place, "dotnet", ["tool", "install", "Hondo.Tool", "--tool-path", "tool"]);
    string hondo = Path.Combine(place, "tool", OperatingSystem.IsWindows() ? "hondo.exe" : "hondo");
    Require("hondo --version", Must(place, hondo, ["--version"]).Length > 0);
    Require("hondo train iris",
        Must(place, hondo, ["train", "iris", "--epochs", "2"]).Contains("test", StringComparison.Ordinal));
    string hive = Path.Combine(place, "hive");
    Must(place, "dotnet", ["new", "install", Directory.GetFiles(feed, "Hondo.Templates.*.nupkg")[0],
        "--debug:custom-hive", hive]);
    Must(place, "dotnet", ["new", "hondo", "-n", "Mine", "-o", "mine", "--debug:custom-hive", hive]);
    string said = Must(Path.Combine(place, "mine"), "dotnet", ["run", "-c", "Release"]);
    Require("dotnet new hondo, dotnet run", said.Contains("test: ", StringComparison.Ordinal));
}
catch (InvalidOperationException error)
{
    Require(error.Message, false);
}
finally
{
    Directory.Delete(place, recursive: true);
}
return failures == 0 ? 0 : 1;

void Look(string package)
{
    using ZipArchive zip = ZipFile.OpenRead(package);
    string name = Path.GetFileName(package);
    ZipArchiveEntry said = zip.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal));
    XElement about = XDocument.Load(said.Open()).Root!.Elements().Single();
    string Told(string word) => about.Elements().FirstOrDefault(one => one.Name.LocalName == word)?.Value ?? "";
    foreach (string word in (string[])["description", "readme", "license", "icon", "tags", "authors", "version"])
        Require($"{name}: {word}", Told(word).Length > 0);
    Require($"{name}: the readme itself", zip.GetEntry(Told("readme")) is { Length: > 500 });
    Require($"{name}: the icon itself", zip.GetEntry(Told("icon")) is { Length: > 500 });
    bool isTemplate = name.StartsWith("Hondo.Templates.", StringComparison.Ordinal);
    Require($"{name}: symbols", isTemplate || File.Exists(Path.ChangeExtension(package, ".snupkg")));
}

void Require(string what, bool isTrue)
{
    Console.WriteLine($"{(isTrue ? "good" : "BAD ")}  {what}");
    failures += isTrue ? 0 : 1;
}

string Must(string folder, string program, string[] arguments)
{
    var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
    // What this program's own build put into the environment is nothing to a user's; packages come from the feed alone.
    foreach (string name in start.Environment.Keys.Where(name =>
        name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        start.Environment.Remove(name);
    if (folder != home)
    {
        start.Environment["NUGET_PACKAGES"] = Path.Combine(place, "packages");
        start.Environment["DOTNET_CLI_HOME"] = place;
        start.Environment.Remove("CI");
    }
    using Process process = Process.Start(start)!;
    string said = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0 ? said : throw new InvalidOperationException(
        $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{said}");
}

static string Source([CallerFilePath] string path = "") => path;
