using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

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

    static abstract V Add(V a, V b);

    /// <summary>x within limits that are not NaN; NaN stays NaN.</summary>
    static abstract V Clamp(V x, V low, V high);

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
    public static T Add(T a, T b) => typeof(T) == typeof(float)
        ? Unsafe.BitCast<float, T>(Unsafe.BitCast<T, float>(a) + Unsafe.BitCast<T, float>(b))
        : Unsafe.BitCast<double, T>(Unsafe.BitCast<T, double>(a) + Unsafe.BitCast<T, double>(b));

    [MethodImpl(AggressiveInlining)]
    public static T Clamp(T x, T low, T high) => typeof(T) == typeof(float)
        ? Unsafe.BitCast<Scalar<float>, T>(Scalar<float>.Clamp(Unsafe.BitCast<T, Scalar<float>>(x),
            Unsafe.BitCast<T, Scalar<float>>(low), Unsafe.BitCast<T, Scalar<float>>(high)))
        : Unsafe.BitCast<Scalar<double>, T>(Scalar<double>.Clamp(Unsafe.BitCast<T, Scalar<double>>(x),
            Unsafe.BitCast<T, Scalar<double>>(low), Unsafe.BitCast<T, Scalar<double>>(high)));

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
    public static Vector128<T> Add(Vector128<T> a, Vector128<T> b) => a + b;

    [MethodImpl(AggressiveInlining)]
    public static Vector128<T> Clamp(Vector128<T> x, Vector128<T> low, Vector128<T> high) =>
        Vector128.MinNative(high, Vector128.MaxNative(low, x));

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
    public static Vector256<T> Add(Vector256<T> a, Vector256<T> b) => a + b;

    [MethodImpl(AggressiveInlining)]
    public static Vector256<T> Clamp(Vector256<T> x, Vector256<T> low, Vector256<T> high) =>
        Vector256.MinNative(high, Vector256.MaxNative(low, x));

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
    public static Vector512<T> Add(Vector512<T> a, Vector512<T> b) => a + b;

    [MethodImpl(AggressiveInlining)]
    public static Vector512<T> Clamp(Vector512<T> x, Vector512<T> low, Vector512<T> high) =>
        Vector512.MinNative(high, Vector512.MaxNative(low, x));

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
