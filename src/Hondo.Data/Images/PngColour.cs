namespace Hondo.Data;

/// <summary>What the numbers of a PNG pixel mean.</summary>
enum PngColour
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    Rgba = 6,
}
