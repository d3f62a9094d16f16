#:property PublishAot=false
// Every check of the project, as the gate runs it: dotnet run tools/check.cs
// Only the steps with a word in their names, and what they stand on: dotnet run tools/check.cs -- examples
// The last line counts the tests; a step that fails for another reason than a test counts as one more failure.
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml.Linq;

string home = Path.GetDirectoryName(Path.GetDirectoryName(Source()))!;
string results = Directory.CreateTempSubdirectory("hondo-check-").FullName;
// The first three: restore, build, tests.
const int Alone = 3;
string[] kernels = ["test", "tests/Hondo.Tests", "--no-build", "--filter", "FullyQualifiedName~Hondo.Tests.Kernels"];

Step[] steps =
[
    new("restore as locked", ["restore", "--locked-mode"]) { IsVital = true },
    new("build", ["build", "--no-restore", "--nologo"]) { IsVital = true },
    new("tests (the README's command)", ["test"]),
    // The longest of those that run two at a time: it begins first.
    new("one native file", ["run", "tools/native.cs"]),
    new("kernels without AVX-512", kernels) { Variable = "DOTNET_EnableAVX512" },
    new("kernels without SIMD", kernels) { Variable = "DOTNET_EnableHWIntrinsic" },
    // The analyzers' own rules are errors of the build already.
    new("format of spaces", ["format", "whitespace", "--verify-no-changes", "--no-restore"]),
    new("format of style", ["format", "style", "--verify-no-changes", "--no-restore"]),
    new("sizes", ["run", "tools/size.cs"]),
    new("packages, tool and template", ["run", "tools/packages.cs"]),
    new("the same library from two folders", ["run", "tools/deterministic.cs"]),
    new("calls to the inner loop", ["run", "tools/hops.cs"]),
    new("coverage", ["run", "tools/coverage.cs"]) { IsForWhoAsks = true },
    new("hostile calls and files, a minute", ["run", "--project", "tools/fuzz", "--no-build", "--", "short", "60"]),
    .. Directory.EnumerateFiles(Path.Combine(home, "examples"), "*.cs").Order(StringComparer.Ordinal)
        .Select(file => Path.GetRelativePath(home, file)).Select(file => new Step(file, ["run", file])),
    new("examples/fsharp", ["run", "--project", "examples/fsharp"]),
];
if (args is [string word])
    steps = [.. steps[..(Alone - 1)], .. steps[(Alone - 1)..].Where(step => step.Name.Contains(word))];
else
    steps = [.. steps.Where(step => !step.IsForWhoAsks)];
int alone = Math.Min(Alone, steps.Length);

var counts = new Counts();
SortedDictionary<int, string> rows = [], failures = [];
var whole = Stopwatch.StartNew();
// What others stand on runs alone; of the rest most wait for one core, so that two run beside each other.
if (Enumerable.Range(0, alone).All(place => Take(place) || !steps[place].IsVital))
    Parallel.For(alone, steps.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, place => Take(place));
Directory.Delete(results, recursive: true);
// Said once more at the end, for who sees only that.
Console.WriteLine($"\n{string.Join("\n\n", failures.Values)}");
Console.WriteLine($"\n{string.Join('\n', rows.Values)}\n{whole.Elapsed.TotalMinutes:F1} minutes");
Console.WriteLine($"{counts.Passed} passed, {counts.Failed} failed, {counts.Skipped} skipped");
return counts.Failed == 0 && (counts.Passed > 0 || args.Length > 0) ? 0 : 1;

// True when the step passed.
bool Take(int place)
{
    Step step = steps[place];
    string folder = Path.Combine(results, $"{place}");
    Console.WriteLine($"--- {step.Name} begins after {whole.Elapsed.TotalMinutes:F1} minutes");
    var clock = Stopwatch.StartNew();
    (int code, string said) = Run(step, folder);
    Counts found = Count(folder);
    lock (rows)
    {
        Console.WriteLine($"\n=== {step.Name}: dotnet {string.Join(' ', step.Arguments)}\n{said}");
        counts += code != 0 && found.Failed == 0 ? found + new Counts(Failed: 1) : found;
        if (code != 0)
            failures[place] = $"=== {step.Name}, its end:\n{string.Join('\n', said.Split('\n').TakeLast(25))}";
        rows[place] = $"{(code == 0 ? "passed" : "FAILED")}  {clock.Elapsed.TotalSeconds,6:F1} s  {step.Name}";
    }
    return code == 0;
}

(int Code, string Said) Run(Step step, string folder)
{
    var start = new ProcessStartInfo("dotnet", step.Arguments)
    {
        WorkingDirectory = home,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
    start.Environment["HONDO_TEST_RESULTS"] = folder;
    // One compiler for all the builds of the gate: most of a small program's build is the compiler's start.
    start.Environment["UseSharedCompilation"] = "true";
    if (step.Variable is { } variable)
        start.Environment[variable] = "0";
    var said = new StringBuilder();
    void Hear(object sender, DataReceivedEventArgs line)
    {
        lock (said)
            said.AppendLine(line.Data);
    }
    using var process = new Process { StartInfo = start };
    process.OutputDataReceived += Hear;
    process.ErrorDataReceived += Hear;
    process.Start();
    process.BeginOutputReadLine();
    process.BeginErrorReadLine();
    // A server that a build leaves behind keeps the pipes open: only the process itself is waited for.
    bool ended = process.WaitForExit(TimeSpan.FromMinutes(30));
    if (!ended)
        process.Kill(entireProcessTree: true);
    Thread.Sleep(200);
    lock (said)
        return ended ? (process.ExitCode, said.ToString().TrimEnd())
            : (124, $"{said}{step.Name} was stopped after 30 minutes.");
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

    /// <summary>True when it takes too long for every change: only <c>check.cs -- NAME</c> runs it.</summary>
    public bool IsForWhoAsks { get; init; }

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
