namespace Hondo.Cli.Tests;

/// <summary>A fact that mounts a file system of its own.</summary>
sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            Skip = "only Linux's superuser may mount a small disk";
        else if (!SmallDisk.CanBeMounted)
            Skip = "this machine lets nobody mount a small disk";
    }
}
