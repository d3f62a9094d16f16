namespace Hondo.Data.Tests.Downloads;

/// <summary>A fact that needs Linux's devices.</summary>
sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "/dev/full is a device of Linux";
    }
}
