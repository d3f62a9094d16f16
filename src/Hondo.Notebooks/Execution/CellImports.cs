using System.Reflection;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Hondo.Notebooks;

/// <summary>What every cell sees without asking: the assemblies of the process and the usual usings.</summary>
static class CellImports
{
    static readonly string[] Implicit =
    [
        "using System;", "using System.IO;", "using System.Linq;", "using System.Collections.Generic;",
        "using System.Net.Http;", "using System.Threading;", "using System.Threading.Tasks;",
        "using Hondo.Notebooks;", "using static Hondo.Notebooks.Cells;",
    ];

    /// <summary>The usings of a program that references Hondo, and those of a notebook.</summary>
    public static IReadOnlyList<string> Usings { get; } = [.. Implicit, .. OfHondo()];

    /// <summary>The assemblies that the process was started with.</summary>
    public static IEnumerable<MetadataReference> References() =>
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator)
            .Where(path => IsForCells(Path.GetFileName(path)))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path));

    // Compilers, sockets and web servers of the tool would only stand in a cell's way.
    static bool IsForCells(string file) => file.StartsWith("System.", StringComparison.Ordinal)
        || file is "mscorlib.dll" or "netstandard.dll" or "Microsoft.CSharp.dll"
        || (file.StartsWith("Hondo", StringComparison.Ordinal) && file != "Hondo.Cli.dll"
            && !file.EndsWith("Tests.dll", StringComparison.Ordinal))
        || file is "Microsoft.VisualBasic.Core.dll" or "Microsoft.Win32.Primitives.dll";

    static IEnumerable<string> OfHondo()
    {
        foreach (string name in new[] { "Usings.Hondo", "Usings.Insights" })
        {
            using Stream props = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
            foreach (XElement one in XDocument.Load(props).Descendants("Using"))
                yield return (one.Attribute("Alias")?.Value is { } alias ? $"using {alias} = " : "using ")
                    + $"{one.Attribute("Include")!.Value};";
        }
    }
}
