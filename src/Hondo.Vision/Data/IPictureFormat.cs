namespace Hondo.Data;

/// <summary>Makes a file that browsers show of the numbers of a picture.</summary>
public interface IPictureFormat
{
    /// <summary>What the files are: <c>image/png</c>.</summary>
    string MediaType { get; }

    /// <summary>The content of a file.</summary>
    /// <param name="pixels">Numbers from 0 to 1, <c>[height, width, channels]</c>.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">1 for grey, 3 for colours.</param>
    byte[] Encode(ReadOnlySpan<float> pixels, int height, int width, int channels);
}
