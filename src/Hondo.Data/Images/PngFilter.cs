namespace Hondo.Data;

/// <summary>
/// What was subtracted from each byte of a row: the byte a pixel before (a), that of the row above (b), or a guess of
/// both and of the one before that above (c).
/// </summary>
static class PngFilter
{
    public const byte None = 0, Sub = 1, Up = 2, Average = 3, Paeth = 4;

    /// <summary>Restores a row in place.</summary>
    /// <returns>False when there is no such filter.</returns>
    public static bool Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        switch (filter)
        {
            case None:
                return true;
            case Sub:
                for (int i = pixelBytes; i < row.Length; i++)
                    row[i] += row[i - pixelBytes];
                return true;
            case Up:
                for (int i = 0; i < row.Length; i++)
                    row[i] += above[i];
                return true;
            case Average:
                for (int i = 0; i < row.Length; i++)
                    row[i] += (byte)((above[i] + (i < pixelBytes ? 0 : row[i - pixelBytes])) >> 1);
                return true;
            case Paeth:
                for (int i = 0; i < row.Length; i++)
                    row[i] += i < pixelBytes ? above[i]
                        : Nearest(row[i - pixelBytes], above[i], above[i - pixelBytes]);
                return true;
            default:
                return false;
        }
    }

    static byte Nearest(int a, int b, int c)
    {
        int toA = Math.Abs(b - c), toB = Math.Abs(a - c), toC = Math.Abs(a + b - 2 * c);
        return (byte)(toA <= toB && toA <= toC ? a : toB <= toC ? b : c);
    }
}
