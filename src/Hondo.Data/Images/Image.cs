namespace Hondo.Data;

/// <summary>
/// A picture of 8 bits a channel, row by row, channels last: <c>[height, width, channels]</c>. One channel is grey, two
/// are grey and alpha, three red, green and blue, four with alpha.
/// </summary>
public sealed class Image
{
    /// <summary>
    /// No file may ask for more pixels than this (8192×8192, 256 MiB with four channels): a header of a few bytes must
    /// not fill the memory.
    /// </summary>
    public const int MostPixels = 1 << 26;

    internal const string MostText = "8192×8192";

    /// <summary>A picture of given pixels.</summary>
    /// <param name="pixels">height·width·channels bytes; they are not copied.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="channels">1 to 4.</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public Image(byte[] pixels, int height, int width, int channels)
    {
        if (height < 1 || width < 1 || channels is < 1 or > 4 || pixels.Length != (long)height * width * channels)
            throw new ArgumentException($"An image of height {height}, width {width} and {channels} channels needs "
                + $"{(long)height * width * channels:N0} bytes and 1 to 4 channels, but got {pixels.Length:N0} bytes.",
                nameof(pixels));
        (Pixels, Height, Width, Channels) = (pixels, height, width, channels);
    }

    /// <summary>A black picture.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public Image(int height, int width, int channels)
        : this(new byte[checked(height * width * channels)], height, width, channels) { }

    /// <summary>A picture of numbers from 0 (black) to 1; what lies beyond is cut off.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static Image Of(ReadOnlySpan<float> numbers, int height, int width, int channels)
    {
        var bytes = new byte[numbers.Length];
        for (int i = 0; i < bytes.Length; i++)
            // Not a number becomes black.
            bytes[i] = numbers[i] > 0 ? (byte)(Math.Min(numbers[i], 1) * 255 + 0.5f) : (byte)0;
        return new(bytes, height, width, channels);
    }

    /// <summary>The bytes, <c>[height, width, channels]</c>.</summary>
    public byte[] Pixels { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>1 grey, 2 grey and alpha, 3 colours, 4 colours and alpha.</summary>
    public int Channels { get; }

    /// <summary>One row of pixels.</summary>
    public Span<byte> Row(int y) => Pixels.AsSpan(y * Width * Channels, Width * Channels);

    /// <summary>
    /// The picture in grey (1) or in colours (3). What is transparent shows white behind it; grey is
    /// 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601).
    /// </summary>
    /// <param name="channels">1 or 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">Neither 1 nor 3.</exception>
    public Image To(int channels)
    {
        if (channels is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "An image has 1 channel or 3 without "
                + "alpha.");
        if (channels == Channels)
            return this;
        var result = new Image(Height, Width, channels);
        bool hasAlpha = Channels is 2 or 4;
        for (int from = 0, to = 0; from < Pixels.Length; from += Channels, to += channels)
        {
            ReadOnlySpan<byte> pixel = Pixels.AsSpan(from, Channels);
            int alpha = hasAlpha ? pixel[^1] : 255;
            int red = OnWhite(pixel[0], alpha), green = red, blue = red;
            if (Channels >= 3)
                (green, blue) = (OnWhite(pixel[1], alpha), OnWhite(pixel[2], alpha));
            if (channels == 1)
                result.Pixels[to] = Channels < 3 ? (byte)red : Grey(red, green, blue);
            else
                (result.Pixels[to], result.Pixels[to + 1], result.Pixels[to + 2]) =
                    ((byte)red, (byte)green, (byte)blue);
        }
        return result;
    }

    static int OnWhite(int value, int alpha) => (value * alpha + 255 * (255 - alpha) + 127) / 255;

    static byte Grey(int red, int green, int blue) => (byte)((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16);

    /// <summary>Height, width and channels.</summary>
    public override string ToString() => $"image [{Height}, {Width}, {Channels}]";
}
