using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hondo.Kernels;

/// <summary>
/// y = (x − center) · gain, number by number: what turns stored samples into a batch. Two roundings at every width,
/// so the bits are the same everywhere; subtracting first keeps the digits of features far from 0.
/// </summary>
static class Standardization
{
    const int Bytes = 16;
    const int CacheLine = 64;
    const int MostAhead = 4096;

    /// <summary>Rows of bytes, chosen by index from a matrix, into one batch.</summary>
    /// <param name="all">The matrix; its rows have the length of <paramref name="center"/>.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="center">What is subtracted from each number of a row.</param>
    /// <param name="gain">What it is then multiplied with.</param>
    /// <param name="batch">The rows, one after the other.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(ReadOnlySpan<byte> all, ReadOnlySpan<int> rows, ReadOnlySpan<float> center,
        ReadOnlySpan<float> gain, Span<float> batch)
    {
        int size = center.Length;
        for (int i = 0; i < rows.Length; i++)
        {
            if (i + 2 < rows.Length)
                FetchAhead(all.Slice(rows[i + 2] * size, size));
            Apply(all.Slice(rows[i] * size, size), center, gain, batch.Slice(i * size, size));
        }
    }

    /// <inheritdoc cref="Gather(ReadOnlySpan{byte}, ReadOnlySpan{int}, ReadOnlySpan{float}, ReadOnlySpan{float},
    /// Span{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(ReadOnlySpan<float> all, ReadOnlySpan<int> rows, ReadOnlySpan<float> center,
        ReadOnlySpan<float> gain, Span<float> batch)
    {
        int size = center.Length;
        for (int i = 0; i < rows.Length; i++)
        {
            if (i + 2 < rows.Length)
                FetchAhead(MemoryMarshal.AsBytes(all.Slice(rows[i + 2] * size, size)));
            Apply(all.Slice(rows[i] * size, size), center, gain, batch.Slice(i * size, size));
        }
    }

    // Shuffled rows of MNIST miss the cache: asking for them two rows ahead makes a batch twice as fast.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void FetchAhead(ReadOnlySpan<byte> row)
    {
        if (!Sse.IsSupported)
            return;
        int length = Math.Min(row.Length, MostAhead);
        fixed (byte* start = row)
            for (int at = 0; at < length; at += CacheLine)
                Sse.Prefetch0(start + at);
    }

    /// <summary>From bytes, taken as 0 to 255. All spans have the length of <paramref name="x"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(ReadOnlySpan<byte> x, ReadOnlySpan<float> center, ReadOnlySpan<float> gain, Span<float> y)
    {
        int length = x.Length, i = 0;
        Check(length, center, gain, y);
        ref byte x0 = ref MemoryMarshal.GetReference(x);
        ref float c0 = ref MemoryMarshal.GetReference(center), g0 = ref MemoryMarshal.GetReference(gain);
        ref float y0 = ref MemoryMarshal.GetReference(y);
        // Widening 16 bytes to floats in registers is ~10 times as fast as one by one.
        if (Vector128.IsHardwareAccelerated)
            for (; i <= length - Bytes; i += Bytes)
            {
                Vector128<byte> bytes = Vector128.LoadUnsafe(ref x0, (nuint)i);
                if (Avx512F.IsSupported)
                    Store(Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(bytes)), ref c0, ref g0, ref y0, i);
                else if (Avx2.IsSupported)
                {
                    Vector128<byte> high = Vector128.Shuffle(bytes, Vector128.Create(
                        (byte)8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0));
                    Store(Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(bytes)), ref c0, ref g0, ref y0, i);
                    Store(Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(high)), ref c0, ref g0, ref y0, i + 8);
                }
                else
                    StoreQuarters(bytes, ref c0, ref g0, ref y0, i);
            }
        for (; i < length; i++)
            y[i] = (x[i] - center[i]) * gain[i];
    }

    /// <summary>From floats. All spans have the length of <paramref name="x"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(ReadOnlySpan<float> x, ReadOnlySpan<float> center, ReadOnlySpan<float> gain, Span<float> y)
    {
        int length = x.Length, i = 0;
        Check(length, center, gain, y);
        ref float x0 = ref MemoryMarshal.GetReference(x), y0 = ref MemoryMarshal.GetReference(y);
        ref float c0 = ref MemoryMarshal.GetReference(center), g0 = ref MemoryMarshal.GetReference(gain);
        if (Vector512.IsHardwareAccelerated)
            for (; i <= length - Vector512<float>.Count; i += Vector512<float>.Count)
                Store(Vector512.LoadUnsafe(ref x0, (nuint)i), ref c0, ref g0, ref y0, i);
        if (Vector256.IsHardwareAccelerated)
            for (; i <= length - Vector256<float>.Count; i += Vector256<float>.Count)
                Store(Vector256.LoadUnsafe(ref x0, (nuint)i), ref c0, ref g0, ref y0, i);
        if (Vector128.IsHardwareAccelerated)
            for (; i <= length - Vector128<float>.Count; i += Vector128<float>.Count)
                Store(Vector128.LoadUnsafe(ref x0, (nuint)i), ref c0, ref g0, ref y0, i);
        for (; i < length; i++)
            y[i] = (x[i] - center[i]) * gain[i];
    }

    static void Check(int length, ReadOnlySpan<float> center, ReadOnlySpan<float> gain, ReadOnlySpan<float> y)
    {
        if (center.Length != length || gain.Length != length || y.Length != length)
            throw new ArgumentException($"{length} numbers need as many centers, gains and results, but got "
                + $"{center.Length}, {gain.Length} and {y.Length}.");
    }

    static void StoreQuarters(Vector128<byte> bytes, ref float c0, ref float g0, ref float y0, int i)
    {
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(bytes);
        (Vector128<uint> first, Vector128<uint> second) = Vector128.Widen(low);
        (Vector128<uint> third, Vector128<uint> fourth) = Vector128.Widen(high);
        Store(Vector128.ConvertToSingle(first.AsInt32()), ref c0, ref g0, ref y0, i);
        Store(Vector128.ConvertToSingle(second.AsInt32()), ref c0, ref g0, ref y0, i + 4);
        Store(Vector128.ConvertToSingle(third.AsInt32()), ref c0, ref g0, ref y0, i + 8);
        Store(Vector128.ConvertToSingle(fourth.AsInt32()), ref c0, ref g0, ref y0, i + 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(Vector512<float> x, ref float c0, ref float g0, ref float y0, int i) =>
        ((x - Vector512.LoadUnsafe(ref c0, (nuint)i)) * Vector512.LoadUnsafe(ref g0, (nuint)i))
        .StoreUnsafe(ref y0, (nuint)i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(Vector256<float> x, ref float c0, ref float g0, ref float y0, int i) =>
        ((x - Vector256.LoadUnsafe(ref c0, (nuint)i)) * Vector256.LoadUnsafe(ref g0, (nuint)i))
        .StoreUnsafe(ref y0, (nuint)i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(Vector128<float> x, ref float c0, ref float g0, ref float y0, int i) =>
        ((x - Vector128.LoadUnsafe(ref c0, (nuint)i)) * Vector128.LoadUnsafe(ref g0, (nuint)i))
        .StoreUnsafe(ref y0, (nuint)i);
}
