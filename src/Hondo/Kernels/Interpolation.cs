namespace Hondo.Kernels;

/// <summary>How an image gets another size.</summary>
public enum Interpolation
{
    /// <summary>The pixel at ⌊place⌋.</summary>
    Nearest,

    /// <summary>Between two pixels each way, by distance.</summary>
    Bilinear,

    /// <summary>Among four pixels each way, by Keys's cubic with a = −0.75 (Keys 1981).</summary>
    Bicubic,
}
