namespace Hondo.Data;

/// <summary>Where data sets lie on this machine.</summary>
public static class DataFolders
{
    /// <summary>
    /// The folder for downloaded data: <c>$XDG_CACHE_HOME/hondo</c>, else <c>~/.cache/hondo</c>;
    /// <c>%LOCALAPPDATA%\hondo</c> on Windows.
    /// </summary>
    public static string Cache
    {
        get
        {
            string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            if (!string.IsNullOrEmpty(cache) && Path.IsPathRooted(cache))
                return Path.Combine(cache, "hondo");
            return OperatingSystem.IsWindows()
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "hondo")
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "hondo");
        }
    }

    /// <summary>
    /// Where a data set is looked for, in order: <c>$HONDO_DATA/name</c>, the cache, and where Debian's packages put
    /// data sets.
    /// </summary>
    public static IReadOnlyList<string> Of(string name)
    {
        string? own = Environment.GetEnvironmentVariable("HONDO_DATA");
        string cached = Path.Combine(Cache, name), installed = Path.Combine("/usr/share/datasets", name);
        return string.IsNullOrEmpty(own) ? [cached, installed] : [Path.Combine(own, name), cached, installed];
    }
}
