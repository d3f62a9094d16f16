using System.Numerics;

namespace Hondo.Data;

/// <summary>
/// A picture of 8 bits a channel, row by row, channels last: <c>[height, width, channels]</c>. One channel is grey, two
/// are grey and alpha, three red, green and blue, four with alpha. One of 16 bits a channel has them in
/// <see cref="Deep"/> besides.
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

    /// <summary>A picture of 16 bits a channel; its bytes are the numbers · 255 / 65,535, rounded.</summary>
    /// <inheritdoc cref="Image(byte[], int, int, int)"/>
    public Image(ushort[] pixels, int height, int width, int channels)
        : this(Array.ConvertAll(pixels, static value => (byte)((value * 255 + 32895) >> 16)), height, width, channels)
        => Deep = pixels;

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

    /// <summary>The same with 16 bits, 0 to 65,535, when that is how the file keeps them; else null.</summary>
    public ushort[]? Deep { get; }

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
        return Deep is null
            ? new(Opaque(Pixels, Channels, channels), Height, Width, channels)
            : new(Opaque(Deep, Channels, channels), Height, Width, channels);
    }

    static T[] Opaque<T>(T[] pixels, int from, int to) where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        var result = new T[pixels.Length / from * to];
        long white = long.CreateTruncating(T.MaxValue);
        for (int i = 0, at = 0; at < result.Length; i += from, at += to)
        {
            long alpha = from is 2 or 4 ? long.CreateTruncating(pixels[i + from - 1]) : white;
            long red = OnWhite(long.CreateTruncating(pixels[i])), green = red, blue = red;
            if (from >= 3)
                (green, blue) = (OnWhite(long.CreateTruncating(pixels[i + 1])),
                    OnWhite(long.CreateTruncating(pixels[i + 2])));
            if (to == 1)
                result[at] = T.CreateTruncating(from < 3 ? red
                    : (19595 * red + 38470 * green + 7471 * blue + 32768) >> 16);
            else
                (result[at], result[at + 1], result[at + 2]) =
                    (T.CreateTruncating(red), T.CreateTruncating(green), T.CreateTruncating(blue));

            long OnWhite(long value) => (value * alpha + white * (white - alpha) + white / 2) / white;
        }
        return result;
    }

    /// <summary>Height, width and channels.</summary>
    public override string ToString() => $"image [{Height}, {Width}, {Channels}]";
}
