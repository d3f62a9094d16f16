using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>256 bits: 16 registers, of which a tile of 4×2 uses 8 as accumulators.</summary>
readonly unsafe struct Register256<T> : IRegister<T, Vector256<T>> where T : unmanaged
{
    public static int Width => Vector256<T>.Count;

    public static int TileRows => 4;

    public static bool HasTallTile => false;

    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    [MethodImpl(AggressiveInlining)]
    public static void Store(Vector256<T> value, T* destination) => value.Store(destination);

    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> a, Vector256<T> b, Vector256<T> c) =>
        typeof(T) == typeof(float)
            ? Vector256.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Vector256.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> MaskOfFirst(int count) => typeof(T) == typeof(float)
        ? Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).As<int, T>()
        : Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)count)).As<long, T>();

    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> Load(T* source, Vector256<T> mask) => typeof(T) == typeof(float)
        ? Avx.MaskLoad((float*)source, mask.AsSingle()).As<float, T>()
        : Avx.MaskLoad((double*)source, mask.AsDouble()).As<double, T>();

    [MethodImpl(AggressiveInlining)]
    public static void Store(Vector256<T> value, T* destination, Vector256<T> mask)
    {
        if (typeof(T) == typeof(float))
            Avx.MaskStore((float*)destination, mask.AsSingle(), value.AsSingle());
        else
            Avx.MaskStore((double*)destination, mask.AsDouble(), value.AsDouble());
    }

    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> LoadFours(T* source, nint distance) =>
        Vector256.Create(Vector128.Load(source), Vector128.Load(source + distance));

    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> ZipLow(Vector256<T> a, Vector256<T> b) =>
        Avx.UnpackLow(a.AsSingle(), b.AsSingle()).As<float, T>();

    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> ZipHigh(Vector256<T> a, Vector256<T> b) =>
        Avx.UnpackHigh(a.AsSingle(), b.AsSingle()).As<float, T>();
}
