namespace Hondo.Data.Tests;

/// <summary>A fact that needs TurboJPEG.</summary>
sealed class JpegFactAttribute : FactAttribute
{
    public JpegFactAttribute()
    {
        if (!JpegFile.IsAvailable)
            Skip = "TurboJPEG is not on this machine; on Debian: apt-get install libturbojpeg0";
    }
}
