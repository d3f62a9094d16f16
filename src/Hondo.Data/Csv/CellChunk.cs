using System.Runtime.CompilerServices;

namespace Hondo.Data;

/// <summary>One cell of a column.</summary>
/// <param name="Number">Its number, the mark taken for a decimal mark; NaN for a text.</param>
/// <param name="Code">The index of its text among the column's; −1 for a number.</param>
/// <param name="Mark">The decimal mark of its neighbours, and so its own if it has one.</param>
/// <param name="IsSingle">True when it is kept as float32.</param>
readonly record struct Cell(double Number, int Code, DecimalMark Mark, bool IsSingle);

/// <summary>Some cells in a row of one column: numbers, and the codes of texts in the payload of NaNs.</summary>
sealed class CellChunk(double[] wide, DecimalMark mark)
{
    const long WideNaN = 0x7ff8_0000_0000_0000;
    const int SingleNaN = 0x7fc0_0000, MostSingleCodes = 1 << 22;

    // What float32 rounds off must be so small a part of the differences between the numbers.
    const double Negligible = 1e-6;

    double[]? _wide = wide;
    float[]? _single;

    public static double Box(int code) => BitConverter.Int64BitsToDouble(WideNaN | (uint)code);

    public static Cell Unbox(double cell, DecimalMark mark) => double.IsNaN(cell)
        ? new(double.NaN, (int)BitConverter.DoubleToInt64Bits(cell), mark, false)
        : new(cell, -1, mark, false);

    public Cell this[int i]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (_single is null)
                return Unbox(_wide![i], mark);
            float cell = _single[i];
            return float.IsNaN(cell)
                ? new(double.NaN, BitConverter.SingleToInt32Bits(cell) & (MostSingleCodes - 1), mark, true)
                : new(cell, -1, mark, true);
        }
    }

    /// <summary>Goes over to float32 when nothing of worth is lost: whole numbers stay exact.</summary>
    public void Pack()
    {
        if (_wide is not { } wide || !CanPack(wide))
            return;
        _single = new float[wide.Length];
        for (int i = 0; i < wide.Length; i++)
            _single[i] = double.IsNaN(wide[i])
                ? BitConverter.Int32BitsToSingle(SingleNaN | (int)BitConverter.DoubleToInt64Bits(wide[i]))
                : (float)wide[i];
        _wide = null;
    }

    static bool CanPack(double[] cells)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity, lost = 0;
        foreach (double cell in cells)
        {
            if (double.IsNaN(cell))
            {
                if ((int)BitConverter.DoubleToInt64Bits(cell) >= MostSingleCodes)
                    return false;
                continue;
            }
            double error = Math.Abs((float)cell - cell);
            if (error > 0 && double.IsInteger(cell))
                return false;
            (least, most, lost) = (Math.Min(least, cell), Math.Max(most, cell), Math.Max(lost, error));
        }
        return lost == 0 || lost <= Negligible * (most - least);
    }
}
