namespace Hondo.Data;

/// <summary>How a picture of another size is made; both take the mean of what is shrunk (antialiasing).</summary>
public enum Interpolation
{
    /// <summary>A triangle two pixels wide.</summary>
    Bilinear,

    /// <summary>A cubic four pixels wide, sharper (Keys 1981, a = −0.5).</summary>
    Bicubic,
}
