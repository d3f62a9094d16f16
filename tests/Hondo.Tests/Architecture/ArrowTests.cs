using System.Xml.Linq;
using Hondo.Tests.Docs;

namespace Hondo.Tests.Architecture;

/// <summary>The arrows of docs/architecture.md: a folder uses those below it and those beside it, never those above.
/// </summary>
public sealed class ArrowTests
{
    static readonly string[][] Floors =
    [
        ["Kernels"],
        ["Tensors"],
        ["Ops"],
        ["Data", "Initializers", "Layers", "Losses", "Metrics", "Optimizers", "Schedules",
            "Serialization", "Findings"],
        ["Inference", "Models", "Training", "Tuning"],
    ];

    [Fact]
    public void Every_folder_has_a_floor() => Assert.Empty(
        Compiled.Types.Select(type => Compiled.FolderOf(type)!).Distinct().Except(Floors.SelectMany(floor => floor)));

    [Fact]
    public void Arrows_are_seen_wherever_they_are()
    {
        HashSet<(string, string)> seen = [.. Uses().Select(use => (use.From, use.To))];
        Assert.Superset(new HashSet<(string, string)> { ("Layers", "Ops"), ("Serialization", "Layers"),
            ("Ops", "Kernels") },
            seen);
    }

    [Fact]
    public void No_arrow_points_up() => Assert.Empty(Uses()
        .Where(use => FloorOf(use.To) > FloorOf(use.From))
        .Select(use => $"{use.From} uses {use.To}: {use.Why}").Distinct());

    [Fact]
    public void Folders_of_one_floor_make_no_circle()
    {
        var arrows = Uses().Where(use => use.From != use.To).Select(use => (use.From, use.To)).Distinct()
            .ToLookup(use => use.From, use => use.To);
        Assert.DoesNotContain(Floors.SelectMany(floor => floor), folder => Reaches(arrows, folder, folder));
    }

    // Whom a project may point to besides the library and what is said about trainings.
    static readonly Dictionary<string, string[]> Beside = new()
    {
        ["Hondo.Dashboard"] = ["Hondo.Data", "Hondo.Tuning"],
        ["Hondo.Onnx"] = ["Hondo.LinearAlgebra"],
        ["Hondo.Transfer"] = ["Hondo.Data", "Hondo.Onnx"],
    };

    [Fact]
    public void Projects_point_to_the_library_and_only_the_command_line_points_to_all() => Assert.All(
        Directory.GetFiles(Path.Combine(Page.Home, "src"), "*.csproj", SearchOption.AllDirectories), project =>
        {
            string name = Path.GetFileNameWithoutExtension(project);
            string[] allowed = name switch
            {
                "Hondo" => [],
                "Hondo.Autograd" or "Hondo.Classical" or "Hondo.LinearAlgebra" or "Hondo.Sequences"
                    or "Hondo.Vision" => ["Hondo"],
                "Hondo.Datasets" => ["Hondo", "Hondo.Sequences", "Hondo.Vision"],
                "Hondo.Insights" => ["Hondo", "Hondo.Autograd", "Hondo.Datasets"],
                _ => ["Hondo", "Hondo.Sequences", "Hondo.Vision", "Hondo.Datasets", "Hondo.Insights",
                    .. Beside.GetValueOrDefault(name, [])],
            };
            string[] references = [.. XDocument.Load(project).Descendants("ProjectReference")
                .Select(e => Path.GetFileNameWithoutExtension(e.Attribute("Include")!.Value.Replace('\\', '/')))];
            Assert.True(name == "Hondo.Cli" || !references.Except(allowed).Any(),
                $"{name} references {string.Join(", ", references)}");
        });

    [Fact]
    public void The_library_needs_no_package() => Assert.DoesNotContain(
        XDocument.Load(Path.Combine(Page.Home, "src/Hondo/Hondo.csproj")).Descendants("PackageReference"),
        package => !IsForTheCompiler(package));

    // An analyzer looks on while the library is compiled; who uses the library gets nothing of it.
    static bool IsForTheCompiler(XElement package) => package.Attribute("PrivateAssets")?.Value == "all"
        && package.Attribute("Include")!.Value.EndsWith("Analyzers", StringComparison.Ordinal);

    [Fact]
    public void The_library_needs_nothing_but_the_runtime() => Assert.All(Compiled.Library.AssemblyReferences,
        reference => Assert.Matches("^(System|Microsoft.Win32)[.]", reference.Name));

    static IEnumerable<(string From, string To, string Why)> Uses() =>
        from type in Compiled.Types
        from mentioned in Compiled.Mentioned(type)
        let to = Compiled.FolderOf(mentioned)
        where to is not null
        select (Compiled.FolderOf(type)!, to, $"{type.FullName} → {mentioned.FullName}");

    static int FloorOf(string folder) => Array.FindIndex(Floors, floor => floor.Contains(folder));

    static bool Reaches(ILookup<string, string> arrows, string from, string to)
    {
        HashSet<string> seen = [];
        Stack<string> open = new(arrows[from]);
        while (open.TryPop(out string? folder))
        {
            if (folder == to)
                return true;
            if (seen.Add(folder))
                foreach (string next in arrows[folder])
                    open.Push(next);
        }
        return false;
    }
}
