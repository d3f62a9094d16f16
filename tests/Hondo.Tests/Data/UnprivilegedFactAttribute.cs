namespace Hondo.Tests.Data;

/// <summary>A fact that needs mode bits to count: the superuser and Windows ignore them.</summary>
sealed class UnprivilegedFactAttribute : FactAttribute
{
    public UnprivilegedFactAttribute()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
            Skip = "mode bits do not stop this user from reading a file";
    }
}
