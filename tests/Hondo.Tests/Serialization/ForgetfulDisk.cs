using Hondo.Serialization;

namespace Hondo.Tests.Serialization;

/// <summary>
/// A disk in memory that a power failure can strike after any of its operations. What was not flushed may then be on
/// the disk in part: of a file's bytes any number, of a folder's changes any beginning.
/// </summary>
sealed class ForgetfulDisk(bool flushesFiles = true, bool flushesFolders = true) : IDisk
{
    readonly Dictionary<string, ForgetfulFile> _flushedNames = [];
    readonly List<(string? From, string? To, ForgetfulFile File)> _changes = [];

    /// <summary>Called after each operation: a power failure may happen here.</summary>
    public Action AfterOperation { get; set; } = () => { };

    public Stream Create(string path)
    {
        var file = new ForgetfulFile(() => AfterOperation());
        Change(null, path, file);
        return file;
    }

    public void Flush(Stream file)
    {
        if (flushesFiles)
            ((ForgetfulFile)file).FlushedLength = file.Length;
        AfterOperation();
    }

    public void Rename(string from, string to) => Change(from, to, Names(_changes.Count)[from]);

    public void FlushFolder(string folder)
    {
        if (flushesFolders)
        {
            foreach ((string name, ForgetfulFile file) in Names(_changes.Count))
                _flushedNames[name] = file;
            _changes.Clear();
        }
        AfterOperation();
    }

    public void Delete(string path) => Change(path, null, Names(_changes.Count)[path]);

    /// <summary>Everything that a file may hold after a power failure now; null for no file.</summary>
    public IEnumerable<string?> AfterPowerFailure(string path)
    {
        for (int kept = 0; kept <= _changes.Count; kept++)
            if (Names(kept).TryGetValue(path, out ForgetfulFile? file))
                for (long length = file.FlushedLength; length <= file.Length; length++)
                    yield return file.Text[..(int)length];
            else
                yield return null;
    }

    void Change(string? from, string? to, ForgetfulFile file)
    {
        _changes.Add((from, to, file));
        AfterOperation();
    }

    Dictionary<string, ForgetfulFile> Names(int changes)
    {
        Dictionary<string, ForgetfulFile> names = new(_flushedNames);
        foreach ((string? from, string? to, ForgetfulFile file) in _changes[..changes])
        {
            if (from is not null)
                names.Remove(from);
            if (to is not null)
                names[to] = file;
        }
        return names;
    }
}
