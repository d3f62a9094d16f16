namespace Hondo.Data;

/// <summary>Pictures of samples as PNG, for reports.</summary>
public sealed class PngPictures : IPictureFormat
{
    /// <inheritdoc/>
    public string MediaType => "image/png";

    /// <inheritdoc/>
    public byte[] Encode(ReadOnlySpan<float> pixels, int height, int width, int channels)
    {
        using var bytes = new MemoryStream();
        ImageFile.Write(bytes, Image.Of(pixels, height, width, channels));
        return bytes.ToArray();
    }
}
