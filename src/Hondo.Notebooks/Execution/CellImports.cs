using System.Reflection;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Hondo.Notebooks;

/// <summary>What every cell sees without asking: the assemblies of the process and the usual usings.</summary>
static class CellImports
{
    static readonly string[] Implicit =
    [
        "using global::System;", "using global::System.IO;", "using global::System.Linq;",
        "using global::System.Collections.Generic;", "using global::System.Net.Http;",
        "using global::System.Threading;", "using global::System.Threading.Tasks;",
        "using global::Hondo.Notebooks;", "using static global::Hondo.Notebooks.Cells;",
    ];

    /// <summary>The usings of a program that references Hondo, and those of a notebook.</summary>
    public static IReadOnlyList<string> Usings { get; } = [.. Implicit, .. OfHondo()];

    /// <summary>The files of assemblies, of those that the process was started with, that cells see.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator)
            .Where(path => IsForCells(Path.GetFileName(path)))];

    // Read once for all notebooks of the process: most of the time to warm up.
    static readonly Lazy<MetadataReference[]> All = new(() =>
        [.. Files.Select(MetadataReference (path) => MetadataReference.CreateFromFile(path))]);

    /// <summary>The assemblies that the process was started with.</summary>
    public static IReadOnlyList<MetadataReference> References() => All.Value;

    // Compilers, sockets and web servers of the tool would only stand in a cell's way.
    static bool IsForCells(string file) => file.StartsWith("System.", StringComparison.Ordinal)
        || file is "mscorlib.dll" or "netstandard.dll" or "Microsoft.CSharp.dll"
        || (file.StartsWith("Hondo", StringComparison.Ordinal) && file != "Hondo.Cli.dll"
            && !file.EndsWith("Tests.dll", StringComparison.Ordinal))
        || file is "Microsoft.VisualBasic.Core.dll" or "Microsoft.Win32.Primitives.dll";

    static IEnumerable<string> OfHondo()
    {
        foreach (string name in new[] { "Usings.Hondo", "Usings.Autograd", "Usings.Insights" })
        {
            using Stream props = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
            foreach (XElement one in XDocument.Load(props).Descendants("Using"))
                yield return "using " + (one.Attribute("Alias")?.Value is { } alias ? alias + " = " : "")
                    + $"global::{one.Attribute("Include")!.Value};";
        }
    }
}
