namespace Hondo.Kernels;

/// <summary>
/// A 3×3 convolution cut into tiles of 4×4 targets, each from 6×6 sources. Which convolutions take this way depends on
/// their shape alone, and not on the batch: neither the machine nor its neighbours may change a sample's bits.
/// </summary>
/// <param name="Height">Lines of a source.</param>
/// <param name="Width">Pixels of a source's line.</param>
/// <param name="Channels">Channels of a source.</param>
/// <param name="OutHeight">Lines of a target.</param>
/// <param name="OutWidth">Pixels of a target's line.</param>
/// <param name="Outputs">Channels of a target.</param>
/// <param name="Above">Lines of zeros above a source.</param>
/// <param name="Left">Zeros before a source's line.</param>
readonly record struct WinogradShape(
    int Height, int Width, int Channels, int OutHeight, int OutWidth, int Outputs, int Above, int Left)
{
    /// <summary>Numbers of a transformed tile.</summary>
    public const int Numbers = 36;

    const int Side = 4, Lanes = 16, SmallestMap = 8, Taps = 9;

    /// <summary>True where F(4×4, 3×3) is the way: 3×3, stride 1, dilation 1, channels in 16s, maps from 8×8.</summary>
    public static bool Suits(in ConvolutionSizes sizes) =>
        sizes.Groups == 1 && sizes.Channels % Lanes == 0 && sizes.Outputs % Lanes == 0
        && sizes.Channels > 0 && sizes.Outputs > 0 && Suits(sizes.Vertical) && Suits(sizes.Horizontal);

    // Zeros before and behind are at most 2, so that the way back sees at most 2 as well.
    static bool Suits(ConvolutionAxis axis) =>
        axis is { Kernel: 3, Stride: 1, Dilation: 1, Before: >= 0 and <= 2 }
        && axis.Input >= SmallestMap && axis.Output >= SmallestMap
        && axis.Output + 2 - axis.Before - axis.Input is >= 0 and <= 2;

    /// <summary>From inputs to outputs.</summary>
    public static WinogradShape Forward(in ConvolutionSizes sizes)
    {
        (ConvolutionAxis down, ConvolutionAxis across) = (sizes.Vertical, sizes.Horizontal);
        return new(down.Input, across.Input, sizes.Channels, down.Output, across.Output, sizes.Outputs, down.Before,
            across.Before);
    }

    /// <summary>From gradients of outputs to gradients of inputs: forward again, with flipped, transposed weights.
    /// </summary>
    public static WinogradShape Backward(in ConvolutionSizes sizes)
    {
        (ConvolutionAxis down, ConvolutionAxis across) = (sizes.Vertical, sizes.Horizontal);
        return new(down.Output, across.Output, sizes.Outputs, down.Input, across.Input, sizes.Channels,
            2 - down.Before, 2 - across.Before);
    }

    int TilesDown => (OutHeight + Side - 1) / Side;

    int TilesAcross => (OutWidth + Side - 1) / Side;

    /// <summary>Tiles of an image.</summary>
    public int TilesOfImage => TilesDown * TilesAcross;

    /// <summary>What a tile costs the direct convolution.</summary>
    public long MultiplyAddsOfTile => (long)Side * Side * Taps * Channels * Outputs;

    /// <summary>The place of a tile.</summary>
    public WinogradTile Tile(int index) =>
        new(index / TilesOfImage, index % TilesOfImage / TilesAcross, index % TilesAcross);

    /// <summary>The next tile.</summary>
    public WinogradTile After(WinogradTile tile)
    {
        if (tile.Column + 1 < TilesAcross)
            return tile with { Column = tile.Column + 1 };
        return tile.Row + 1 < TilesDown ? new(tile.Image, tile.Row + 1, 0) : new(tile.Image + 1, 0, 0);
    }

    /// <summary>
    /// At least so many numbers, as an odd number of cache lines: planes whose distance is a power of two would fall
    /// into one set of the cache.
    /// </summary>
    public static nint OddLines(nint count) => ((count + Lanes - 1) / Lanes | 1) * Lanes;
}

/// <summary>The place of a tile.</summary>
readonly record struct WinogradTile(int Image, int Row, int Column);
