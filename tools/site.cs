#:property PublishAot=false
// Makes the reference and the pages of docs into a site with search, in docs/site: dotnet run tools/site.cs
// The reference is what the XML comments say (docfx, which .config/dotnet-tools.json names).
using System.Diagnostics;
using System.Runtime.CompilerServices;

string home = Path.GetDirectoryName(Path.GetDirectoryName(Source()))!;
string[][] commands =
[
    ["tool", "restore"],
    ["build", "src/Hondo.Cli", "-c", "Release", "-p:RunAnalyzers=false", "-nologo", "-v", "quiet"],
    ["docfx", "tools/site/docfx.json"],
];
foreach (string[] command in commands)
{
    using Process process = Process.Start(new ProcessStartInfo("dotnet", command) { WorkingDirectory = home })!;
    process.WaitForExit();
    if (process.ExitCode != 0)
        return process.ExitCode;
}
string index = Path.Combine(home, "docs/site/index.json");
if (!File.Exists(index))
    return 1;
Console.WriteLine($"{Directory.GetFiles(Path.GetDirectoryName(index)!, "*.html", SearchOption.AllDirectories).Length} "
    + $"pages in docs/site, an index of {new FileInfo(index).Length / 1e6:F1} MB");
return 0;

static string Source([CallerFilePath] string path = "") => path;
