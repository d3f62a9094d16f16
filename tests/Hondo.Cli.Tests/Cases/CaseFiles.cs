using System.IO.Compression;

namespace Hondo.Cli.Tests.Cases;

/// <summary>
/// The small inputs in which public bug reports of other frameworks, or a hostile file, make a program fail: a folder
/// of each in cases.zip, unpacked once. What a test writes lies in a folder of its own.
/// </summary>
public sealed class CaseFiles : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("hondo-cases-").FullName;

    public CaseFiles() => ZipFile.ExtractToDirectory(Path.Combine(AppContext.BaseDirectory, "Cases", "cases.zip"),
        _folder);

    /// <summary>The folder of a case.</summary>
    public string this[string name] => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
