using System.Diagnostics;
using System.Globalization;

namespace Hondo.Notebooks;

/// <summary>A kernel whose Jupyter is gone, killed even, must not stay behind.</summary>
static class ParentWatch
{
    const int Milliseconds = 500;

    public static void Begin(Action onGone)
    {
        if (Alive() is not { } alive)
            return;
        new Thread(() =>
        {
            while (alive())
                Thread.Sleep(Milliseconds);
            onGone();
        })
        { IsBackground = true, Name = "parent" }.Start();
    }

    static Func<bool>? Alive()
    {
        // A killed parent may stay as a zombie; but its children have another parent at once.
        if (OperatingSystem.IsLinux())
            return Parent() is { } parent && parent > 1 ? () => Parent() == parent : null;
        if (!int.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), CultureInfo.InvariantCulture,
            out int id)
            || id <= 1)
            return null;
        try
        {
            Process process = Process.GetProcessById(id);
            return () => !process.HasExited;
        }
        catch (ArgumentException)
        {
            return () => false;
        }
    }

    static int? Parent() => File.ReadLines("/proc/self/status")
        .FirstOrDefault(line => line.StartsWith("PPid:", StringComparison.Ordinal)) is { } line
        && int.TryParse(line["PPid:".Length..], CultureInfo.InvariantCulture, out int id) ? id : null;
}
