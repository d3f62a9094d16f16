#:property PublishAot=false
// Which lines and branches of src/Hondo its tests run through: dotnet run tools/coverage.cs [FILTER]
// All tests of the library run once more for it, so the gate does this only when it is asked to: dotnet run
// tools/check.cs -- coverage. Exit code 1 below 90 % of the lines. FILTER is one of dotnet test.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

const double Wanted = 0.9;
// Tests of the architecture read the library itself, which has counters in it here; so has what counts allocations. A
// program that a test starts would be counted too, and its record stand in place of the tests' own.
const string Usual = "FullyQualifiedName!~Hondo.Tests.Architecture&FullyQualifiedName!~allocates_nothing"
    + "&FullyQualifiedName!~ProgramTests";
string home = Path.GetDirectoryName(Path.GetDirectoryName(Source()))!;
string place = Directory.CreateTempSubdirectory("hondo-coverage-").FullName;
try
{
    string settings = Path.Combine(place, "coverage.runsettings");
    File.WriteAllText(settings, """
        <RunSettings><DataCollectionRunSettings><DataCollectors>
          <DataCollector friendlyName="Code Coverage" enabled="True"><Configuration>
            <Format>Cobertura</Format>
            <CodeCoverage>
              <ModulePaths><Include><ModulePath>.*[/\\]Hondo\.dll$</ModulePath></Include></ModulePaths>
            </CodeCoverage>
          </Configuration></DataCollector>
        </DataCollectors></DataCollectionRunSettings></RunSettings>
        """);
    var clock = Stopwatch.StartNew();
    using Process tests = Process.Start(new ProcessStartInfo("dotnet", ["test", "tests/Hondo.Tests", "--no-build",
        "--nologo", "--collect", "Code Coverage", "--settings", settings, "--results-directory", place,
        "--filter", args is [string chosen] ? chosen : Usual]) { WorkingDirectory = home })!;
    tests.WaitForExit();
    string? file = Directory.GetFiles(place, "*.cobertura.xml", SearchOption.AllDirectories).FirstOrDefault();
    if (file is null)
        throw new InvalidOperationException("The tests left no record of what they ran through.");
    double lines = Tell(XDocument.Load(file));
    Console.WriteLine($"in {clock.Elapsed.TotalSeconds:F0} s");
    return tests.ExitCode == 0 && (lines >= Wanted || args.Length > 0) ? 0 : 1;
}
finally
{
    Directory.Delete(place, recursive: true);
}

double Tell(XDocument record)
{
    // A line stands in the record once for each method that the compiler made of it.
    var lines = record.Descendants("class").SelectMany(one => one.Elements("lines").Elements("line")
        .Select(line => (File: one.Attribute("filename")!.Value, Line: line)))
        .Where(one => !one.File.Contains("obj", StringComparison.Ordinal))
        .GroupBy(one => (one.File, one.Line.Attribute("number")!.Value)).ToArray();
    int run = lines.Count(line => line.Any(one => one.Line.Attribute("hits")!.Value != "0"));
    (int Taken, int All)[] branches =
        [.. lines.Select(line => line.Select(one => Branches(one.Line)).MaxBy(of => of.Taken))];
    int taken = branches.Sum(branch => branch.Taken), all = branches.Sum(branch => branch.All);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"src/Hondo: {100.0 * run / lines.Length:F1} % of "
        + $"{lines.Length} lines, {100.0 * taken / Math.Max(1, all):F1} % of {all} branches"));
    return (double)run / lines.Length;
}

static (int Taken, int All) Branches(XElement line)
{
    Match found = Regex.Match(line.Attribute("condition-coverage")?.Value ?? "", @"\((\d+)/(\d+)\)");
    return found.Success ? (int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture),
        int.Parse(found.Groups[2].Value, CultureInfo.InvariantCulture)) : (0, 0);
}

static string Source([CallerFilePath] string path = "") => path;
