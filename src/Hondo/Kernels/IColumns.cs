using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>A register of columns: all of it, or the first ones where the columns end within it.</summary>
unsafe interface IColumns<T, V> where T : unmanaged where V : struct
{
    /// <summary>The mask for so many columns.</summary>
    static abstract V Mask(int columns);

    static abstract V Load(T* source, V mask);

    static abstract void Store(V value, T* target, V mask);
}

/// <summary>A whole register.</summary>
readonly unsafe struct WholeColumns<T, V, S> : IColumns<T, V>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    [MethodImpl(AggressiveInlining)]
    public static V Mask(int columns) => default;

    [MethodImpl(AggressiveInlining)]
    public static V Load(T* source, V mask) => S.Load(source);

    [MethodImpl(AggressiveInlining)]
    public static void Store(V value, T* target, V mask) => S.Store(value, target);
}

/// <summary>The first columns of a register.</summary>
readonly unsafe struct FirstColumns<T, V, S> : IColumns<T, V>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    [MethodImpl(AggressiveInlining)]
    public static V Mask(int columns) => S.MaskOfFirst(columns);

    [MethodImpl(AggressiveInlining)]
    public static V Load(T* source, V mask) => S.Load(source, mask);

    [MethodImpl(AggressiveInlining)]
    public static void Store(V value, T* target, V mask) => S.Store(value, target, mask);
}
