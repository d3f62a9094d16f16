using System.ComponentModel;
using System.Diagnostics;

namespace Hondo.Cli.Tests;

/// <summary>A fact that needs strace, and a system that lets it trace.</summary>
sealed class StraceFactAttribute : FactAttribute
{
    public StraceFactAttribute()
    {
        if (!Works())
            Skip = "there is no strace here that may trace (Debian: apt install strace)";
    }

    static bool Works()
    {
        try
        {
            using var strace = Process.Start(new ProcessStartInfo("strace", ["-o", "/dev/null", "true"])
            {
                RedirectStandardError = true,
            })!;
            strace.WaitForExit();
            return strace.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
