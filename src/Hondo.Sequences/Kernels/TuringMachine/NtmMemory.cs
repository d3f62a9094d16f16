using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// What heads do with the memory (Graves et al. 2014, equations 2 to 4): read = Σ weights · place, and
/// place' = place · Π (1 − weight · erase) + Σ weight · add over the writing heads.
/// </summary>
static unsafe class NtmMemory<V, T>
    where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What a head reads.</summary>
    public static void Read(in NtmSizes sizes, T* memory, T* weights, T* read)
    {
        for (int j = 0; j < sizes.Width; j++)
            read[j] = LaneRow<V, T>.Dot(memory + (nint)j * sizes.Rows, weights, sizes.Rows);
    }

    /// <summary>Adds what reading sends back to the memory and to the head's weights.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void ReadBack(in NtmSizes sizes, T* memory, T* weights, T* dRead, T* dMemory, T* dWeights)
    {
        for (int j = 0; j < sizes.Width; j++)
        {
            T* m = memory + (nint)j * sizes.Rows, dm = dMemory + (nint)j * sizes.Rows;
            V d = LaneRow<V, T>.Of(dRead[j]);
            for (int i = 0; i < sizes.Rows; i += V.Width)
            {
                V.Store(V.FusedMultiplyAdd(d, V.Load(ref *m, i), V.Load(ref *dWeights, i)), ref *dWeights, i);
                V.Store(V.FusedMultiplyAdd(d, V.Load(ref *weights, i), V.Load(ref *dm, i)), ref *dm, i);
            }
        }
    }

    /// <summary>The memory after all writing heads; <paramref name="weights"/> are those of the first.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Write(in NtmSizes sizes, T* numbers, T* weights, T* memory, T* next)
    {
        for (int j = 0; j < sizes.Width; j++, memory += sizes.Rows, next += sizes.Rows)
        {
            CellRun<T>.Copy(memory, next, sizes.Rows);
            for (int head = 0; head < sizes.Writes; head++)
            {
                T* weight = weights + (nint)head * sizes.Rows;
                V erase = LaneRow<V, T>.Of(numbers[sizes.Erases + head * sizes.Width + j]);
                for (int i = 0; i < sizes.Rows; i += V.Width)
                    V.Store(V.Load(ref *next, i) * (V.One - V.Load(ref *weight, i) * erase), ref *next, i);
            }
            for (int head = 0; head < sizes.Writes; head++)
            {
                T* weight = weights + (nint)head * sizes.Rows;
                V add = LaneRow<V, T>.Of(numbers[sizes.Adds + head * sizes.Width + j]);
                for (int i = 0; i < sizes.Rows; i += V.Width)
                    V.Store(V.FusedMultiplyAdd(V.Load(ref *weight, i), add, V.Load(ref *next, i)), ref *next, i);
            }
        }
    }

    /// <summary>
    /// Turns the gradient of the memory after writing into that before, adds what goes to the heads' weights, and gives
    /// those of adds and erases.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static void WriteBack(in NtmSizes sizes, T* numbers, T* weights, T* memory, T* dMemory, T* dWeights,
        T* dNumbers, T* work)
    {
        int rows = sizes.Rows;
        for (int j = 0; j < sizes.Width; j++)
        {
            T* m = memory + (nint)j * rows, dm = dMemory + (nint)j * rows;
            for (int head = 0; head < sizes.Writes; head++)
            {
                int number = head * sizes.Width + j;
                T* weight = weights + (nint)head * rows, dWeight = dWeights + (nint)head * rows;
                V add = LaneRow<V, T>.Of(numbers[sizes.Adds + number]);
                V erase = LaneRow<V, T>.Of(numbers[sizes.Erases + number]);
                for (int i = 0; i < rows; i += V.Width)
                {
                    V d = V.Load(ref *dm, i);
                    V dErased = -d * V.Load(ref *m, i) * Kept(sizes, numbers, weights, head, j, i);
                    V.Store(dErased, ref *work, i);
                    V.Store(V.Load(ref *dWeight, i) + d * add + dErased * erase, ref *dWeight, i);
                }
                dNumbers[sizes.Adds + number] = LaneRow<V, T>.Dot(dm, weight, rows);
                dNumbers[sizes.Erases + number] = LaneRow<V, T>.Dot(work, weight, rows);
            }
            for (int i = 0; i < rows; i += V.Width)
                V.Store(V.Load(ref *dm, i) * Kept(sizes, numbers, weights, -1, j, i), ref *dm, i);
        }
    }

    // What all heads but one leave of a place.
    [MethodImpl(AggressiveInlining)]
    static V Kept(in NtmSizes sizes, T* numbers, T* weights, int without, int j, int i)
    {
        V kept = V.One;
        for (int head = 0; head < sizes.Writes; head++)
            if (head != without)
                kept *= V.One - V.Load(ref *weights, (nint)head * sizes.Rows + i)
                    * LaneRow<V, T>.Of(numbers[sizes.Erases + head * sizes.Width + j]);
        return kept;
    }

    /// <summary>Adds place · d/length to the gradient of the memory: what went to the places' lengths.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void LengthBack(in NtmSizes sizes, T* memory, T* dLengths, T* dMemory)
    {
        for (int j = 0; j < sizes.Width; j++)
            for (int i = 0; i < sizes.Rows; i += V.Width)
            {
                nint at = (nint)j * sizes.Rows + i;
                V.Store(V.FusedMultiplyAdd(V.Load(ref *memory, at), V.Load(ref *dLengths, i),
                    V.Load(ref *dMemory, at)), ref *dMemory, at);
            }
    }
}
