using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hondo.Kernels;

/// <summary>
/// The right factor of many products, kept in the order in which the product reads it: weights during inference, and
/// recurrent weights during a sequence. Pack again after the weights have changed.
/// </summary>
public sealed unsafe class PackedMatrix<T> where T : unmanaged
{
    nint _capacity;

    /// <summary>Packs a matrix.</summary>
    public PackedMatrix(ReadOnlyMatrix<T> matrix) => Pack(matrix);

    /// <summary>Frees the native memory.</summary>
    ~PackedMatrix() => NativeMemory.AlignedFree(Start);

    /// <summary>How many rows the packed matrix has.</summary>
    public int Rows { get; private set; }

    /// <summary>How many columns the packed matrix has.</summary>
    public int Columns { get; private set; }

    internal T* Start { get; private set; }

    /// <summary>Packs other values, in the same memory when they fit.</summary>
    public void Pack(ReadOnlyMatrix<T> matrix)
    {
        if (Vector512.IsHardwareAccelerated)
            Pack<Vector512<T>, Register512<T>>(matrix);
        else if (Vector256.IsHardwareAccelerated)
            Pack<Vector256<T>, Register256<T>>(matrix);
        else if (Vector128.IsHardwareAccelerated)
            Pack<Vector128<T>, Register128<T>>(matrix);
        else
            Pack<T, RegisterScalar<T>>(matrix);
    }

    void Pack<V, S>(ReadOnlyMatrix<T> matrix) where V : struct where S : struct, IRegister<T, V>
    {
        nint length = PackedPanels<T, V, S>.Length(matrix.Rows, matrix.Columns);
        if (length > _capacity)
            Grow(length);
        Rows = matrix.Rows;
        Columns = matrix.Columns;
        fixed (T* values = matrix.Values)
            Packing<T, V, S>.PackB(new(values, matrix.RowStride, matrix.ColumnStride), Rows, Columns, Start);
    }

    void Grow(nint length)
    {
        NativeMemory.AlignedFree(Start);
        Start = null;
        _capacity = 0;
        Start = (T*)NativeMemory.AlignedAlloc((nuint)(length * sizeof(T)), 64);
        _capacity = length;
    }
}
