namespace Hondo.Dashboard.Tests;

/// <summary>A fact that looks through a real browser.</summary>
sealed class BrowserFactAttribute : FactAttribute
{
    public const string Browser = "/usr/bin/chromium";

    public BrowserFactAttribute()
    {
        if (!File.Exists(Browser))
            Skip = $"there is no {Browser} on this machine";
    }
}
