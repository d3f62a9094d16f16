namespace Hondo.Kernels;

/// <summary>
/// A tile of C += Aᵀ·B, a sum of outer products: k runs over the pixels of some lines of some images. Row i of C is
/// channel i of A, whose channels lie side by side, and a column of C is a column of B.
/// </summary>
unsafe struct OuterTile<T> where T : unmanaged
{
    public T* A, B, C;

    /// <summary>From one pixel, line and image to the next.</summary>
    public nint APixel, ALine, AImage, BPixel, BLine, BImage;

    public int Images, Lines, Pixels;

    /// <summary>From one row of C to the next.</summary>
    public nint CRow;

    public int Columns;

    /// <summary>True when the sums go on from those in C.</summary>
    public bool GoesOn;

    /// <summary>What is left from the end of a line to the next line.</summary>
    public readonly (nint A, nint B) LineGap => (ALine - Pixels * APixel, BLine - Pixels * BPixel);

    /// <summary>What is left from the end of the last line to the next image.</summary>
    public readonly (nint A, nint B) ImageGap => (AImage - Lines * ALine, BImage - Lines * BLine);
}
