namespace Hondo.Torture;

/// <summary>A folder that is gone afterwards.</summary>
sealed class Scratch : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("hondo-torture-").FullName;

    public string this[string name] => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
