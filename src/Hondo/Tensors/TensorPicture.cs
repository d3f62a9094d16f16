using System.Buffers.Binary;
using System.Globalization;

namespace Hondo.Tensors;

/// <summary>
/// A tensor as a picture for a debugger: a matrix, a picture, those of a batch beside each other, or the maps of a
/// layer. The least number is black, the largest white, what is no number red.
/// </summary>
sealed class TensorPicture
{
    const int MostTiles = 8, MostPixels = 512, MostBlocks = 40, HeadBytes = 54;

    readonly Tensor _tensor;
    readonly int _height, _width, _channels, _tiles;
    readonly double _least, _most;

    /// <summary>A picture of a tensor.</summary>
    /// <param name="tensor">[height, width], [height, width, channels] or [batch, height, width, channels].</param>
    public TensorPicture(Tensor tensor)
    {
        Shape shape = tensor.Shape;
        _tensor = tensor;
        (_height, _width) = shape.Rank == 4 ? (shape[1], shape[2]) : (shape[0], shape[1]);
        _channels = shape.Rank == 2 ? 1 : shape[^1];
        _tiles = Math.Min(MostTiles, _channels is not (1 or 3) ? _channels : shape.Rank == 4 ? shape[0] : 1);
        double[] numbers = [.. Enumerable.Range(0, tensor.Size).Select(Read).Where(double.IsFinite)];
        (_least, _most) = (numbers.DefaultIfEmpty().Min(), numbers.DefaultIfEmpty().Max());
    }

    /// <summary>True for a tensor that can be drawn.</summary>
    public static bool Fits(Shape shape) => shape.Rank is >= 2 and <= 4 && shape.Size > 0
        && (shape.Rank < 4 ? shape[0] > 1 && shape[1] > 1 : shape[1] > 1 && shape[2] > 1);

    double Read(int place) => Tensor.Read(_tensor.Node.Value, _tensor.DType, place);

    // From 0 to 1; below 0 for what is no number.
    double Shade(int tile, int y, int x, int channel)
    {
        double value = Read(_channels is 1 or 3 ? ((tile * _height + y) * _width + x) * _channels
            + Math.Min(channel, _channels - 1) : (y * _width + x) * _channels + tile);
        return !double.IsFinite(value) ? -1 : _most > _least ? (value - _least) / (_most - _least) : 0;
    }

    /// <summary>The first one in blocks of gray, for a monospaced font: two to a pixel.</summary>
    public string[] Lines()
    {
        int step = (Math.Max(_height, _width) - 1) / MostBlocks + 1;
        return [.. Enumerable.Range(0, (_height - 1) / step + 1).Select(y => string.Concat(
            Enumerable.Range(0, (_width - 1) / step + 1).Select(x => Block(y * step, x * step))))];

        string Block(int y, int x)
        {
            double shade = Enumerable.Range(0, _channels == 3 ? 3 : 1).Average(channel => Shade(0, y, x, channel));
            return shade < 0 ? "??" : new(" ░▒▓█"[(int)(4.999 * shade)], 2);
        }
    }

    /// <summary>As HTML, a bitmap within: Visual Studio shows it with its HTML visualizer.</summary>
    public string Html()
    {
        int step = (Math.Max(_height, _tiles * (_width + 1)) - 1) / MostPixels + 1;
        int height = (_height - 1) / step + 1, tile = (_width - 1) / step + 1, width = _tiles * (tile + 1) - 1;
        int stride = (3 * width + 3) & ~3;
        byte[] bitmap = new byte[HeadBytes + height * stride];
        "BM"u8.CopyTo(bitmap);
        foreach ((int place, int value) in (ReadOnlySpan<(int, int)>)[(2, bitmap.Length), (10, HeadBytes), (14, 40),
            (18, width), (22, height), (26, 1 | 24 << 16)])
            BinaryPrimitives.WriteInt32LittleEndian(bitmap.AsSpan(place), value);
        // Upwards, blue first. Between two of them a pixel stays black.
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int channel = 0; x % (tile + 1) < tile && channel < 3; channel++)
                    bitmap[HeadBytes + (height - 1 - y) * stride + 3 * x + 2 - channel] =
                        Shade(x / (tile + 1), y * step, x % (tile + 1) * step, channel) is var shade and >= 0
                            ? (byte)(255 * shade) : (byte)(channel == 0 ? 255 : 0);
        string shown = Math.Max(256, height).ToString(CultureInfo.InvariantCulture);
        return $"<img style=\"image-rendering: pixelated\" height=\"{shown}\" src=\"data:image/bmp;base64,"
            + $"{Convert.ToBase64String(bitmap)}\">";
    }
}
