#:property PublishAot=false
// Every check of the project, as the gate runs it: dotnet run tools/check.cs
// The last line counts the tests; a step that fails for another reason than a test counts as one more failure.
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

string home = Path.GetDirectoryName(Path.GetDirectoryName(Source()))!;
string results = Directory.CreateTempSubdirectory("hondo-check-").FullName;
string[] kernels = ["test", "tests/Hondo.Tests", "--no-build", "--filter", "FullyQualifiedName~Hondo.Tests.Kernels"];

Step[] steps =
[
    new("restore as locked", ["restore", "--locked-mode"]) { IsVital = true },
    new("build", ["build", "--no-restore", "--nologo"]) { IsVital = true },
    new("tests (the README's command)", ["test"]),
    new("kernels without AVX-512", kernels) { Variable = "DOTNET_EnableAVX512" },
    new("kernels without SIMD", kernels) { Variable = "DOTNET_EnableHWIntrinsic" },
    // The analyzers' own rules are errors of the build already.
    new("format of spaces", ["format", "whitespace", "--verify-no-changes", "--no-restore"]),
    new("format of style", ["format", "style", "--verify-no-changes", "--no-restore"]),
    new("sizes", ["run", "tools/size.cs"]),
    new("hostile calls and files, a minute", ["run", "--project", "tools/fuzz", "--no-build", "--", "short", "60"]),
    .. Directory.EnumerateFiles(Path.Combine(home, "examples"), "*.cs").Order(StringComparer.Ordinal)
        .Select(file => Path.GetRelativePath(home, file)).Select(file => new Step(file, ["run", file])),
    new("examples/fsharp", ["run", "--project", "examples/fsharp"]),
];

var counts = new Counts();
var rows = new List<string>();
foreach ((int place, Step step) in steps.Index())
{
    string folder = Path.Combine(results, $"{place}");
    Console.WriteLine($"\n=== {step.Name}: dotnet {string.Join(' ', step.Arguments)}");
    var clock = Stopwatch.StartNew();
    int code = Run(step, folder);
    Counts found = Count(folder);
    counts += found;
    if (code != 0 && found.Failed == 0)
        counts += new Counts(Failed: 1);
    rows.Add($"{(code == 0 ? "passed" : "FAILED")}  {clock.Elapsed.TotalSeconds,6:F1} s  {step.Name}");
    if (code != 0 && step.IsVital)
        break;
}
Directory.Delete(results, recursive: true);
Console.WriteLine($"\n{string.Join('\n', rows)}");
Console.WriteLine($"{counts.Passed} passed, {counts.Failed} failed, {counts.Skipped} skipped");
return counts.Failed == 0 && counts.Passed > 0 ? 0 : 1;

int Run(Step step, string folder)
{
    var start = new ProcessStartInfo("dotnet", step.Arguments) { WorkingDirectory = home };
    start.Environment["HONDO_TEST_RESULTS"] = folder;
    if (step.Variable is { } variable)
        start.Environment[variable] = "0";
    using var process = Process.Start(start)!;
    if (process.WaitForExit(TimeSpan.FromMinutes(30)))
        return process.ExitCode;
    process.Kill(entireProcessTree: true);
    Console.WriteLine($"{step.Name} was stopped after 30 minutes.");
    return 124;
}

static Counts Count(string folder)
{
    var sum = new Counts();
    if (!Directory.Exists(folder))
        return sum;
    foreach (string file in Directory.GetFiles(folder, "*.trx", SearchOption.AllDirectories))
        foreach (XElement test in XDocument.Load(file).Descendants().Where(e => e.Name.LocalName == "UnitTestResult"))
            sum += test.Attribute("outcome")?.Value switch
            {
                "Passed" => new Counts(Passed: 1),
                "NotExecuted" => new Counts(Skipped: 1),
                _ => new Counts(Failed: 1),
            };
    return sum;
}

static string Source([CallerFilePath] string path = "") => path;

/// <summary>One command of the gate.</summary>
sealed record Step(string Name, string[] Arguments)
{
    /// <summary>True when nothing after it makes sense once it has failed.</summary>
    public bool IsVital { get; init; }

    /// <summary>An environment variable to set to 0.</summary>
    public string? Variable { get; init; }
}

/// <summary>How many tests ended how.</summary>
readonly record struct Counts(int Passed = 0, int Failed = 0, int Skipped = 0)
{
    /// <summary>Both together.</summary>
    public static Counts operator +(Counts a, Counts b) =>
        new(a.Passed + b.Passed, a.Failed + b.Failed, a.Skipped + b.Skipped);
}
