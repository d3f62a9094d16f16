namespace Hondo.Kernels;

/// <summary>
/// A tile of C = S + A·B in which A and C lie scattered: A(i, k) is <c>A[Rows[i] + Steps[k]]</c>, row i of C begins at
/// <c>C[Into[i]]</c>. An image is such a matrix as it lies in memory: rows are pixels, steps the kernel's places.
/// Tables hold as many rows as the tile that runs; those beyond the last repeat it.
/// </summary>
unsafe struct OffsetTile<T> where T : unmanaged
{
    public T* A;
    public int* Rows, Steps;
    public T* B;
    public nint BRowStride;
    public T* C;
    public int* Into;
    public nint K;
    public int Columns;

    /// <summary>What a row of A reaches last, from its begin, and how many numbers; 0 where they lie at hand.</summary>
    public int Reach, ReachLength;

    /// <summary>Where the chains of multiply-adds start from, row i at StartRows[i]; null for 0.</summary>
    public T* Start;
    public int* StartRows;
}
