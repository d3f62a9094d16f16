using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>Images as a Winograd pass reads or writes them: channels last, each channel beside the next.</summary>
/// <param name="Start">The first pixel of the first image, or null for no images.</param>
/// <param name="Pixel">From one pixel of a line to the next.</param>
/// <param name="Line">From one line to the next.</param>
/// <param name="Image">From one image to the next.</param>
/// <param name="Border">Pixels of zeros around each image that may be read.</param>
readonly unsafe record struct WinogradImages(nint Start, nint Pixel, nint Line, nint Image, int Border)
{
    /// <summary>Images without borders.</summary>
    public static WinogradImages Plain(float* start, int height, int width, int channels) =>
        new((nint)start, channels, (nint)width * channels, (nint)height * width * channels, 0);

    /// <summary>A pixel of an image, or null when there are no images.</summary>
    public float* At(int image, int row, int column) =>
        Start == 0 ? null : (float*)Start + image * Image + row * Line + column * Pixel;
}

/// <summary>Blocks of tiles as 36 matrices, each a row a tile.</summary>
static unsafe class WinogradGather<L> where L : struct, ILanes<L, float>
{
    /// <summary>Tiles of 6×6 sources.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="images">Where the sources lie.</param>
    /// <param name="first">The first tile.</param>
    /// <param name="count">How many tiles.</param>
    /// <param name="v">[36] matrices of [count, channels].</param>
    /// <param name="step">From one matrix to the next.</param>
    /// <param name="temp">Room for the numbers between the two axes.</param>
    /// <param name="zeros">A line of zeros.</param>
    [MethodImpl(AggressiveOptimization)]
    public static void Inputs(in WinogradShape shape, in WinogradImages images, int first, int count, float* v,
        nint step, float* temp, float* zeros)
    {
        WinogradTile tile = shape.Tile(first);
        int border = images.Border;
        nint line = images.Line;
        uint rows = (uint)(shape.Height + 2 * border);
        for (int i = 0; i < count; i++, v += shape.Channels, tile = shape.After(tile))
        {
            int top = tile.Row * WinogradTiles<L>.Outputs - shape.Above;
            int left = tile.Column * WinogradTiles<L>.Outputs - shape.Left;
            int from = Math.Max(0, -border - left);
            int to = Math.Min(WinogradTiles<L>.Points, shape.Width + border - left);
            float* p = images.At(tile.Image, top, left);
            top += border;
            SixLines lines = new()
            {
                P0 = (uint)top < rows ? p : zeros,
                P1 = (uint)(top + 1) < rows ? p + line : zeros,
                P2 = (uint)(top + 2) < rows ? p + 2 * line : zeros,
                P3 = (uint)(top + 3) < rows ? p + 3 * line : zeros,
                P4 = (uint)(top + 4) < rows ? p + 4 * line : zeros,
                P5 = (uint)(top + 5) < rows ? p + 5 * line : zeros,
            };
            WinogradTiles<L>.Input(lines, from, to, images.Pixel, shape.Channels, temp, v, step);
        }
    }

    /// <summary>Tiles of 4×4 gradients of targets.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="images">Where the gradients lie, without borders.</param>
    /// <param name="first">The first tile.</param>
    /// <param name="count">How many tiles.</param>
    /// <param name="channel">The first channel.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="m">[36] matrices of [count, channels].</param>
    /// <param name="step">From one matrix to the next.</param>
    /// <param name="temp">Room for the numbers between the two axes.</param>
    /// <param name="zeros">A line of zeros.</param>
    [MethodImpl(AggressiveOptimization)]
    public static void Gradients(in WinogradShape shape, in WinogradImages images, int first, int count, int channel,
        int channels, float* m, nint step, float* temp, float* zeros)
    {
        WinogradTile tile = shape.Tile(first);
        for (int i = 0; i < count; i++, m += channels, tile = shape.After(tile))
        {
            int top = tile.Row * WinogradTiles<L>.Outputs, left = tile.Column * WinogradTiles<L>.Outputs;
            int rows = Math.Min(WinogradTiles<L>.Outputs, shape.OutHeight - top);
            int columns = Math.Min(WinogradTiles<L>.Outputs, shape.OutWidth - left);
            WinogradTiles<L>.Gradient(images.At(tile.Image, top, left) + channel, images.Pixel, images.Line, rows,
                columns, zeros, channels, temp, m, step);
        }
    }
}
