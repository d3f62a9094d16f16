using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>One number at a time: the reference that every width must agree with.</summary>
readonly unsafe struct RegisterScalar<T> : IRegister<T, T> where T : unmanaged
{
    public static int Width => 1;

    public static int TileRows => 4;

    public static bool HasTallTile => false;

    [MethodImpl(AggressiveInlining)]
    public static T Load(T* source) => *source;

    [MethodImpl(AggressiveInlining)]
    public static void Store(T value, T* destination) => *destination = value;

    [MethodImpl(AggressiveInlining)]
    public static T Broadcast(T value) => value;

    [MethodImpl(AggressiveInlining)]
    public static T MultiplyAdd(T a, T b, T c) => typeof(T) == typeof(float)
        ? Unsafe.BitCast<float, T>(MathF.FusedMultiplyAdd(
            Unsafe.BitCast<T, float>(a), Unsafe.BitCast<T, float>(b), Unsafe.BitCast<T, float>(c)))
        : Unsafe.BitCast<double, T>(Math.FusedMultiplyAdd(
            Unsafe.BitCast<T, double>(a), Unsafe.BitCast<T, double>(b), Unsafe.BitCast<T, double>(c)));

    [MethodImpl(AggressiveInlining)]
    public static T MaskOfFirst(int count) => default;

    [MethodImpl(AggressiveInlining)]
    public static T Load(T* source, T mask) => *source;

    [MethodImpl(AggressiveInlining)]
    public static void Store(T value, T* destination, T mask) => *destination = value;

    public static T LoadFours(T* source, nint distance) => throw new NotSupportedException();

    public static T ZipLow(T a, T b) => throw new NotSupportedException();

    public static T ZipHigh(T a, T b) => throw new NotSupportedException();
}
