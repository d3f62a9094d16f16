namespace Hondo.Kernels;

/// <summary>
/// How an image lies in memory: channels last, with a border of zeros as wide as the convolutions that read it want.
/// </summary>
/// <param name="Height">Rows of pixels without the border.</param>
/// <param name="Width">Columns of pixels without the border.</param>
/// <param name="Channels">Numbers of a pixel.</param>
/// <param name="Border">Pixels of zeros on each side.</param>
readonly record struct BorderedImages(int Height, int Width, int Channels, int Border)
{
    /// <summary>From one row to the next.</summary>
    public int RowStride => (Width + 2 * Border) * Channels;

    /// <summary>How many numbers an image takes with its border.</summary>
    public int Length => checked(RowStride * (Height + 2 * Border));

    /// <summary>How many numbers an image has.</summary>
    public int Size => Height * Width * Channels;

    /// <summary>Where a pixel begins; −1 and the like lie in the border.</summary>
    public int Pixel(int row, int column) => (row + Border) * RowStride + (column + Border) * Channels;
}
