namespace Hondo.Data;

/// <summary>
/// Walks folders of pictures. Left out: what is hidden (a name that starts with a dot, as <c>._cat.png</c>, or
/// <c>__MACOSX</c>), links that lead back to a folder that holds them, and files that are no pictures, which are
/// counted.
/// </summary>
sealed class PictureTree(string root)
{
    const int MostDepth = 64;
    const int MostEndings = 8;

    readonly SortedDictionary<string, int> _others = new(StringComparer.Ordinal);
    readonly List<string> _loops = [];

    /// <summary>The folders in a folder that are not hidden, in order of their names.</summary>
    public static string[] Folders(string folder) => [.. Directory.EnumerateDirectories(folder)
        .Where(inner => !IsHidden(inner)).Order(StringComparer.Ordinal)];

    /// <summary>The pictures that lie in a folder itself.</summary>
    public static IEnumerable<string> Own(string folder) => Directory.EnumerateFiles(folder)
        .Where(file => !IsHidden(file) && ImageFile.IsNamedLikeOne(file));

    /// <summary>True when there is a picture in a folder or below it.</summary>
    public static bool Any(string folder) => new PictureTree(folder).Below(folder).Any();

    /// <summary>The pictures in a folder and below it, in order of their paths.</summary>
    public string[] Pictures(string folder) => [.. Below(folder).Order(StringComparer.Ordinal)];

    IEnumerable<string> Below(string folder)
    {
        // A stack and a limit: a tree of any depth ends, and none overflows.
        Stack<(string Path, string Real, int Depth)> open = new();
        string first = RealPath(root);
        // The root itself may be a link to anywhere.
        if (folder == root || !Leads(folder, first, out first))
            open.Push((folder, first, 0));
        while (open.TryPop(out (string Path, string Real, int Depth) at))
        {
            foreach (string file in Directory.EnumerateFiles(at.Path).Where(file => !IsHidden(file)))
                if (ImageFile.IsNamedLikeOne(file))
                    yield return file;
                else
                    Count(file);
            foreach (string inner in Folders(at.Path))
                if (at.Depth < MostDepth && !Leads(inner, at.Real, out string real))
                    open.Push((inner, real, at.Depth + 1));
        }
    }

    // True for a link to the folder that holds it, or to one above.
    bool Leads(string folder, string above, out string real)
    {
        string? target = LinkTarget(folder);
        real = target ?? Path.Combine(above, Path.GetFileName(folder));
        if (target is null || !IsInside(above, target))
            return false;
        if (!_loops.Contains(folder))
            _loops.Add(folder);
        return true;
    }

    static bool IsInside(string path, string folder) =>
        path == folder || path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar,
            StringComparison.Ordinal);

    static string? LinkTarget(string folder)
    {
        try
        {
            return Directory.ResolveLinkTarget(folder, returnFinalTarget: true) is { } target
                ? RealPath(target.FullName) : null;
        }
        catch (IOException)
        {
            // Links in a ring lead nowhere: nothing lies below.
            return Path.GetPathRoot(Path.GetFullPath(folder));
        }
    }

    // .NET resolves a link only when it is the last name of a path.
    static string RealPath(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string real = Path.GetPathRoot(full)!;
        foreach (string name in full[real.Length..].Split(Path.DirectorySeparatorChar,
            StringSplitOptions.RemoveEmptyEntries))
        {
            string next = Path.Combine(real, name);
            real = Directory.ResolveLinkTarget(next, returnFinalTarget: true)?.FullName ?? next;
        }
        return real;
    }

    static bool IsHidden(string path) => Path.GetFileName(path) is ['.', ..] or "__MACOSX";

    void Count(string file)
    {
        string ending = Path.GetExtension(file).ToLowerInvariant();
        string kind = ending.Length > 0 ? ending : "without ending";
        _others[kind] = _others.GetValueOrDefault(kind) + 1;
    }

    /// <summary>What was left out, a sentence each.</summary>
    public IEnumerable<string> Notes()
    {
        if (_others.Count > 0)
            yield return $"{root}: {_others.Values.Sum()} "
                + (_others.Values.Sum() == 1 ? "file that is no picture Hondo reads is left out ("
                    : "files that are no pictures Hondo reads are left out (")
                + string.Join(", ", _others.OrderByDescending(other => other.Value).Take(MostEndings)
                    .Select(other => $"{other.Value} {other.Key}")) + (_others.Count > MostEndings ? ", …)." : ").");
        if (_loops.Count > 0)
            yield return $"{_loops[0]}{(_loops.Count > 1 ? $" and {_loops.Count - 1} more are links" : " is a link")} "
                + "to a folder above: left out.";
    }
}
