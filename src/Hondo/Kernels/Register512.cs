using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>512 bits: 32 registers, of which a tile of 8×2 uses 16 as accumulators.</summary>
readonly unsafe struct Register512<T> : IRegister<T, Vector512<T>> where T : unmanaged
{
    public static int Width => Vector512<T>.Count;

    public static int TileRows => 8;

    public static bool HasTallTile => true;

    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    [MethodImpl(AggressiveInlining)]
    public static void Store(Vector512<T> value, T* destination) => value.Store(destination);

    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> a, Vector512<T> b, Vector512<T> c) =>
        typeof(T) == typeof(float)
            ? Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> MaskOfFirst(int count) => typeof(T) == typeof(float)
        ? Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).As<int, T>()
        : Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).As<long, T>();

    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> Load(T* source, Vector512<T> mask) => typeof(T) == typeof(float)
        ? Avx512F.MaskLoad((float*)source, mask.AsSingle(), Vector512<float>.Zero).As<float, T>()
        : Avx512F.MaskLoad((double*)source, mask.AsDouble(), Vector512<double>.Zero).As<double, T>();

    [MethodImpl(AggressiveInlining)]
    public static void Store(Vector512<T> value, T* destination, Vector512<T> mask)
    {
        if (typeof(T) == typeof(float))
            Avx512F.MaskStore((float*)destination, mask.AsSingle(), value.AsSingle());
        else
            Avx512F.MaskStore((double*)destination, mask.AsDouble(), value.AsDouble());
    }

    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> LoadFours(T* source, nint distance) => Vector512.Create(
        Register256<T>.LoadFours(source, distance), Register256<T>.LoadFours(source + 2 * distance, distance));

    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> ZipLow(Vector512<T> a, Vector512<T> b) =>
        Avx512F.UnpackLow(a.AsSingle(), b.AsSingle()).As<float, T>();

    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> ZipHigh(Vector512<T> a, Vector512<T> b) =>
        Avx512F.UnpackHigh(a.AsSingle(), b.AsSingle()).As<float, T>();
}
