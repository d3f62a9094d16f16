using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

/// <summary>
/// B of a product, in panels of two registers' columns: panel after panel, in each the rows of k one after the other.
/// The last panel is one register wide when that holds the rest.
/// </summary>
static unsafe class PackedPanels<T, V, S>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    public static int PanelColumns => 2 * S.Width;

    /// <summary>How many numbers the panels of k rows and n columns take.</summary>
    public static nint Length(nint k, nint n) => k * ((n + S.Width - 1) / S.Width * S.Width);

    /// <summary>The distance between rows in the panel that begins at a column, of n.</summary>
    public static nint Stride(nint column, nint n) => n - column > S.Width ? PanelColumns : S.Width;

    /// <summary>Packs panels <paramref name="first"/> … <paramref name="end"/> − 1.</summary>
    public static void Pack(Operand<T> b, nint k, nint n, nint first, nint end, T* panels)
    {
        for (nint panel = first; panel < end; panel++)
        {
            nint column = panel * PanelColumns;
            int columns = (int)Math.Min(PanelColumns, n - column);
            PackOne(b, k, column, columns, panels + column * k, Stride(column, n));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void PackOne(Operand<T> b, nint k, nint column, int columns, T* panel, nint stride)
    {
        T* source = b.Start + column * b.ColumnStride;
        if (b.ColumnStride == 1)
        {
            for (nint row = 0; row < k; row++, source += b.RowStride, panel += stride)
                for (int j = 0; j < columns; j++)
                    panel[j] = source[j];
            return;
        }
        for (nint j = 0; j < columns; j++, source += b.ColumnStride)
            for (nint row = 0; row < k; row++)
                panel[row * stride + j] = source[row * b.RowStride];
    }
}
