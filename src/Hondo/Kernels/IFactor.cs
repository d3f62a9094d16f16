using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>What a tile multiplies a row of B by.</summary>
unsafe interface IFactor<T, V> where T : unmanaged where V : struct
{
    /// <summary>How far the factor moves along A from one column of B to the next.</summary>
    static abstract int ColumnStep { get; }

    static abstract V Read(T* a, V mask);
}

/// <summary>One number for all columns: every output channel sees it.</summary>
readonly unsafe struct SharedFactor<T, V, S> : IFactor<T, V>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    public static int ColumnStep => 0;

    [MethodImpl(AggressiveInlining)]
    public static V Read(T* a, V mask) => S.Broadcast(*a);
}

/// <summary>A number for each column: every channel sees its own.</summary>
readonly unsafe struct OwnFactor<T, V, S> : IFactor<T, V>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    public static int ColumnStep => 1;

    [MethodImpl(AggressiveInlining)]
    public static V Read(T* a, V mask) => S.Load(a, mask);
}

/// <summary>A number for each column of a whole register.</summary>
readonly unsafe struct OwnWholeFactor<T, V, S> : IFactor<T, V>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    public static int ColumnStep => 1;

    [MethodImpl(AggressiveInlining)]
    public static V Read(T* a, V mask) => S.Load(a);
}
