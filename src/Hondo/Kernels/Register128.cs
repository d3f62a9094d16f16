using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>128 bits, on every processor: without masked instructions, so edges go number by number.</summary>
readonly unsafe struct Register128<T> : IRegister<T, Vector128<T>> where T : unmanaged
{
    public static int Width => Vector128<T>.Count;

    public static int TileRows => 4;

    public static bool HasTallTile => false;

    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> Load(T* source) => Vector128.Load(source);

    [MethodImpl(AggressiveInlining)]
    public static void Store(Vector128<T> value, T* destination) => value.Store(destination);

    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> a, Vector128<T> b, Vector128<T> c) =>
        typeof(T) == typeof(float)
            ? Vector128.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Vector128.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> MaskOfFirst(int count) => typeof(T) == typeof(float)
        ? Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).As<int, T>()
        : Vector128.LessThan(Vector128<long>.Indices, Vector128.Create((long)count)).As<long, T>();

    public static Vector128<T> Load(T* source, Vector128<T> mask)
    {
        var value = Vector128<T>.Zero;
        for (int i = 0; i < Width && IsSet(mask, i); i++)
            value = value.WithElement(i, source[i]);
        return value;
    }

    public static void Store(Vector128<T> value, T* destination, Vector128<T> mask)
    {
        for (int i = 0; i < Width && IsSet(mask, i); i++)
            destination[i] = value.GetElement(i);
    }

    static bool IsSet(Vector128<T> mask, int i) =>
        mask.AsByte().GetElement(i * sizeof(T)) != 0;

    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> LoadFours(T* source, nint distance) => Vector128.Load(source);

    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> ZipLow(Vector128<T> a, Vector128<T> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a.AsSingle(), b.AsSingle()).As<float, T>()
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a.AsSingle(), b.AsSingle()).As<float, T>()
        : Vector128.Create(a.AsSingle()[0], b.AsSingle()[0], a.AsSingle()[1], b.AsSingle()[1]).As<float, T>();

    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> ZipHigh(Vector128<T> a, Vector128<T> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a.AsSingle(), b.AsSingle()).As<float, T>()
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a.AsSingle(), b.AsSingle()).As<float, T>()
        : Vector128.Create(a.AsSingle()[2], b.AsSingle()[2], a.AsSingle()[3], b.AsSingle()[3]).As<float, T>();
}
