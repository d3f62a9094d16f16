using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Hondo.Notebooks;

/// <summary>
/// Packages and projects that a notebook asks for: <c>#r "nuget: Name, 1.2.3"</c>, <c>#:package Name@1.2.3</c>,
/// <c>#:project ../My.csproj</c>, <c>#r "file.dll"</c>. The .NET SDK fetches and builds them, once for all notebooks.
/// </summary>
sealed partial class PackageReferences
{
    readonly List<AssemblyDependencyResolver> _resolvers = [];
    readonly HashSet<string> _known = [];
    readonly List<string> _items = [];

    /// <summary>The assemblies that these lines bring and that were not there before.</summary>
    /// <exception cref="CellException">One cannot be had.</exception>
    public IReadOnlyList<MetadataReference> Resolve(IReadOnlyList<string> directives)
    {
        List<string> files = [];
        List<string> items = [.. directives.Select(line => ItemOf(line, files)).OfType<string>().Except(_items)];
        if (items.Count > 0)
        {
            _items.AddRange(items);
            string folder = Build(_items);
            _resolvers.Add(new(Path.Combine(folder, "Packages.dll")));
            files.AddRange(Directory.GetFiles(folder, "*.dll").Where(IsNew));
        }
        return [.. files.Where(_known.Add).Select(file => MetadataReference.CreateFromFile(file))];
    }

    /// <summary>An assembly of a package, a file that was named or one beside it, or null.</summary>
    public Assembly? Load(AssemblyLoadContext context, AssemblyName name)
    {
        // Hondo's own types must be those of the process that shows them.
        if (name.Name is not { } simple || simple.StartsWith("Hondo", StringComparison.Ordinal))
            return null;
        string? path = _resolvers.Select(one => one.ResolveAssemblyToPath(name)).FirstOrDefault(one => one is not null)
            ?? _known.Select(file => Path.Combine(Path.GetDirectoryName(file)!, simple + ".dll"))
                .FirstOrDefault(File.Exists);
        return path is null ? null : context.LoadFromAssemblyPath(path);
    }

    /// <summary>The path of a package's native library, or null.</summary>
    public string? FindNative(string name) => _resolvers.Select(one => one.ResolveUnmanagedDllToPath(name))
        .FirstOrDefault(path => path is not null);

    static string? ItemOf(string line, List<string> files)
    {
        if (Nuget().Match(line) is { Success: true } nuget)
            return Package(nuget.Groups[1].Value, nuget.Groups[2].Value);
        if (line.StartsWith("#:package", StringComparison.Ordinal))
        {
            string[] parts = line["#:package".Length..].Trim().Split('@');
            return Package(parts[0].Trim(), parts.Length > 1 ? parts[1].Trim() : "");
        }
        if (line.StartsWith("#:project", StringComparison.Ordinal))
        {
            string path = Path.GetFullPath(line["#:project".Length..].Trim());
            // Hondo is here already, in the version that runs the notebook.
            return Path.GetFileName(path.TrimEnd('/')).StartsWith("Hondo", StringComparison.Ordinal) ? null
                : $"<ProjectReference Include=\"{Escape(path)}\" />";
        }
        if (Dll().Match(line) is { Success: true } dll)
            files.Add(File.Exists(dll.Groups[1].Value) ? Path.GetFullPath(dll.Groups[1].Value)
                : throw new CellException($"{line}: there is no such file in {Directory.GetCurrentDirectory()}."));
        else if (!line.StartsWith("#:property", StringComparison.Ordinal)
            && !line.StartsWith("#:sdk", StringComparison.Ordinal))
            throw new CellException($"{line}: a cell knows #r \"nuget: Name, version\", #r \"file.dll\", "
                + "#:package Name@version and #:project path.");
        return null;
    }

    static string Package(string name, string version) => version.Length == 0
        ? throw new CellException($"The package {name} needs its version, so that everybody gets the same: "
            + $"#r \"nuget: {name}, 1.2.3\".")
        : $"<PackageReference Include=\"{Escape(name)}\" Version=\"{Escape(version)}\" />";

    static string Escape(string text) => System.Security.SecurityElement.Escape(text);

    bool IsNew(string file) => Path.GetFileName(file) != "Packages.dll"
        && !CellImports.Files.Any(known => Path.GetFileName(known) == Path.GetFileName(file))
        && !_known.Any(known => Path.GetFileName(known) == Path.GetFileName(file));

    static string Build(List<string> items)
    {
        string project = $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net{Environment.Version.Major}.0</TargetFramework>
                <AssemblyName>Packages</AssemblyName>
                <CopyLocalLockFileAssemblies>true</CopyLocalLockFileAssemblies>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>{string.Concat(items)}</ItemGroup>
            </Project>

            """;
        string folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "hondo",
            "notebook-packages", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..16]);
        string output = Path.Combine(folder, "out"), whole = Path.Combine(folder, "whole");
        if (File.Exists(whole) && !project.Contains("<ProjectReference", StringComparison.Ordinal))
            return output;
        Directory.CreateDirectory(folder);
        // Whatever lies above the cache folder is not for this project.
        foreach (string file in new[] { "Build.props", "Build.targets", "Packages.props" })
            File.WriteAllText(Path.Combine(folder, $"Directory.{file}"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "Packages.csproj"), project);
        Run(folder, ["build", "--nologo", "--verbosity", "quiet", "--output", output]);
        File.WriteAllText(whole, "");
        return output;
    }

    static void Run(string folder, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        }) ?? throw new CellException("Packages need the .NET SDK: https://dotnet.microsoft.com/download");
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new CellException(string.Create(CultureInfo.InvariantCulture, $"The packages could not be had: ")
                + string.Join(' ', said.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal))
                    .Select(line => line.Trim()).Distinct().Take(3)));
    }

    [GeneratedRegex("""^#r\s+"nuget:\s*([\w.-]+)\s*(?:,\s*([^"\s]+))?\s*"$""")]
    private static partial Regex Nuget();

    [GeneratedRegex("""^#r\s+"([^":]+\.dll)"$""")]
    private static partial Regex Dll();
}
