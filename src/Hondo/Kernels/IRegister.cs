namespace Hondo.Kernels;

/// <summary>
/// What the tile of a matrix product does with a SIMD register <typeparamref name="V"/> of numbers. The tile holds
/// the runtime's own vector types, not lanes: a wrapper struct around each of 16 accumulators costs up to 4 times.
/// </summary>
unsafe interface IRegister<T, V> where T : unmanaged where V : struct
{
    /// <summary>How many numbers a register holds.</summary>
    static abstract int Width { get; }

    /// <summary>How many rows a tile of two registers a row has: as many as the accumulators allow.</summary>
    static abstract int TileRows { get; }

    /// <summary>True when there are accumulators for 13 rows of two registers.</summary>
    static abstract bool HasTallTile { get; }

    static abstract V Load(T* source);

    static abstract void Store(V value, T* destination);

    static abstract V Broadcast(T value);

    /// <summary>a·b + c with one rounding.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    /// <summary>All bits set in the first <paramref name="count"/> numbers.</summary>
    static abstract V MaskOfFirst(int count);

    /// <summary>Reads only where the mask is set; 0 elsewhere.</summary>
    static abstract V Load(T* source, V mask);

    /// <summary>Writes only where the mask is set.</summary>
    static abstract void Store(V value, T* destination, V mask);

    /// <summary>Four numbers from each of <c>Width / 4</c> places (floats only).</summary>
    static abstract V LoadFours(T* source, nint distance);

    /// <summary>a₀ b₀ a₁ b₁ in each group of four (floats only).</summary>
    static abstract V ZipLow(V a, V b);

    /// <summary>a₂ b₂ a₃ b₃ in each group of four (floats only).</summary>
    static abstract V ZipHigh(V a, V b);
}
