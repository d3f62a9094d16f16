using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

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
    public readonly (nint A, nint B) LineGap
    {
        [MethodImpl(AggressiveInlining)]
        get => (ALine - Pixels * APixel, BLine - Pixels * BPixel);
    }

    /// <summary>What is left from the end of the last line to the next image.</summary>
    public readonly (nint A, nint B) ImageGap
    {
        [MethodImpl(AggressiveInlining)]
        get => (AImage - Lines * ALine, BImage - Lines * BLine);
    }
}

/// <summary>
/// The inner loops of the weights' gradient of a convolution. Each element of C is one chain of fused multiply-adds in
/// the order of the pixels. The channels of a pixel have fixed distances, so that all rows share one pointer. Nothing
/// is called while there are accumulators: a call that the compiler does not inline leaves them all in memory.
/// </summary>
static unsafe class OuterTileKernel<T, V, S, R>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V> where R : struct, ITileRow<R, T, V>
{
    /// <summary>Runs a tile of 4, 8 or 16 rows.</summary>
    public static void Run(in OuterTile<T> tile, int rows)
    {
        if (rows == 16)
            Sixteen(tile);
        else if (rows == 8)
            Eight(tile);
        else
            Four(tile);
    }

    /// <summary>16 rows, for rows of one register: with 8 each multiply-add would wait for the one before it.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Sixteen(in OuterTile<T> tile)
    {
        var (lineA, lineB) = tile.LineGap;
        var (imageA, imageB) = tile.ImageGap;
        R r0 = default, r1 = default, r2 = default, r3 = default;
        R r4 = default, r5 = default, r6 = default, r7 = default;
        R r8 = default, r9 = default, r10 = default, r11 = default;
        R r12 = default, r13 = default, r14 = default, r15 = default;
        V mask = R.Mask(tile.Columns);
        T* a = tile.A, b = tile.B, c = tile.C;
        nint row = tile.CRow, nextA = tile.APixel, nextB = tile.BPixel;
        if (tile.GoesOn)
        {
            FourRows<T, V, S, R>.Load(c, row, mask, ref r0, ref r1, ref r2, ref r3);
            FourRows<T, V, S, R>.Load(c + 4 * row, row, mask, ref r4, ref r5, ref r6, ref r7);
            FourRows<T, V, S, R>.Load(c + 8 * row, row, mask, ref r8, ref r9, ref r10, ref r11);
            FourRows<T, V, S, R>.Load(c + 12 * row, row, mask, ref r12, ref r13, ref r14, ref r15);
        }
        for (int image = tile.Images; image > 0; image--, a += imageA, b += imageB)
            for (int line = tile.Lines; line > 0; line--, a += lineA, b += lineB)
                for (int pixel = tile.Pixels; pixel > 0; pixel--, a += nextA, b += nextB)
                {
                    R x = default;
                    x.Load(b, mask);
                    FourRows<T, V, S, R>.Add(a, 0, 1, x, ref r0, ref r1, ref r2, ref r3);
                    FourRows<T, V, S, R>.Add(a + 4, 0, 1, x, ref r4, ref r5, ref r6, ref r7);
                    FourRows<T, V, S, R>.Add(a + 8, 0, 1, x, ref r8, ref r9, ref r10, ref r11);
                    FourRows<T, V, S, R>.Add(a + 12, 0, 1, x, ref r12, ref r13, ref r14, ref r15);
                }
        FourRows<T, V, S, R>.Store(c, row, mask, r0, r1, r2, r3);
        FourRows<T, V, S, R>.Store(c + 4 * row, row, mask, r4, r5, r6, r7);
        FourRows<T, V, S, R>.Store(c + 8 * row, row, mask, r8, r9, r10, r11);
        FourRows<T, V, S, R>.Store(c + 12 * row, row, mask, r12, r13, r14, r15);
    }

    /// <summary>8 rows.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Eight(in OuterTile<T> tile)
    {
        var (lineA, lineB) = tile.LineGap;
        var (imageA, imageB) = tile.ImageGap;
        R r0 = default, r1 = default, r2 = default, r3 = default;
        R r4 = default, r5 = default, r6 = default, r7 = default;
        V mask = R.Mask(tile.Columns);
        T* a = tile.A, b = tile.B, c = tile.C;
        nint row = tile.CRow, nextA = tile.APixel, nextB = tile.BPixel;
        if (tile.GoesOn)
        {
            FourRows<T, V, S, R>.Load(c, row, mask, ref r0, ref r1, ref r2, ref r3);
            FourRows<T, V, S, R>.Load(c + 4 * row, row, mask, ref r4, ref r5, ref r6, ref r7);
        }
        for (int image = tile.Images; image > 0; image--, a += imageA, b += imageB)
            for (int line = tile.Lines; line > 0; line--, a += lineA, b += lineB)
                for (int pixel = tile.Pixels; pixel > 0; pixel--, a += nextA, b += nextB)
                {
                    R x = default;
                    x.Load(b, mask);
                    FourRows<T, V, S, R>.Add(a, 0, 1, x, ref r0, ref r1, ref r2, ref r3);
                    FourRows<T, V, S, R>.Add(a + 4, 0, 1, x, ref r4, ref r5, ref r6, ref r7);
                }
        FourRows<T, V, S, R>.Store(c, row, mask, r0, r1, r2, r3);
        FourRows<T, V, S, R>.Store(c + 4 * row, row, mask, r4, r5, r6, r7);
    }

    /// <summary>4 rows.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Four(in OuterTile<T> tile)
    {
        var (lineA, lineB) = tile.LineGap;
        var (imageA, imageB) = tile.ImageGap;
        R r0 = default, r1 = default, r2 = default, r3 = default;
        V mask = R.Mask(tile.Columns);
        T* a = tile.A, b = tile.B, c = tile.C;
        nint row = tile.CRow, nextA = tile.APixel, nextB = tile.BPixel;
        if (tile.GoesOn)
            FourRows<T, V, S, R>.Load(c, row, mask, ref r0, ref r1, ref r2, ref r3);
        for (int image = tile.Images; image > 0; image--, a += imageA, b += imageB)
            for (int line = tile.Lines; line > 0; line--, a += lineA, b += lineB)
                for (int pixel = tile.Pixels; pixel > 0; pixel--, a += nextA, b += nextB)
                {
                    R x = default;
                    x.Load(b, mask);
                    FourRows<T, V, S, R>.Add(a, 0, 1, x, ref r0, ref r1, ref r2, ref r3);
                }
        FourRows<T, V, S, R>.Store(c, row, mask, r0, r1, r2, r3);
    }
}
