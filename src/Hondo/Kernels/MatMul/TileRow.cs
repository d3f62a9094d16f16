using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>One row of a tile of accumulators (or of B): one or two registers, the last one perhaps in part.</summary>
unsafe interface ITileRow<TSelf, T, V> where TSelf : struct where T : unmanaged where V : struct
{
    /// <summary>The mask of the last register for a tile with so many columns.</summary>
    static abstract V Mask(int columns);

    void Load(T* source, V mask);

    void Store(T* destination, V mask);

    /// <summary>this += a·b</summary>
    void MultiplyAdd(V a, in TSelf b);

    /// <summary>Adds numbers, where there are any, and keeps the sums within limits.</summary>
    void Finish(T* added, V low, V high, V mask);
}

/// <summary>Two whole registers: the inside of every large product.</summary>
unsafe struct WideRow<T, V, S> : ITileRow<WideRow<T, V, S>, T, V>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    V _x, _y;

    [MethodImpl(AggressiveInlining)]
    public static V Mask(int columns) => default;

    [MethodImpl(AggressiveInlining)]
    public void Load(T* source, V mask)
    {
        _x = S.Load(source);
        _y = S.Load(source + S.Width);
    }

    [MethodImpl(AggressiveInlining)]
    public readonly void Store(T* destination, V mask)
    {
        S.Store(_x, destination);
        S.Store(_y, destination + S.Width);
    }

    [MethodImpl(AggressiveInlining)]
    public void MultiplyAdd(V a, in WideRow<T, V, S> b)
    {
        _x = S.MultiplyAdd(a, b._x, _x);
        _y = S.MultiplyAdd(a, b._y, _y);
    }

    [MethodImpl(AggressiveInlining)]
    public void Finish(T* added, V low, V high, V mask)
    {
        if (added != null)
        {
            _x = S.Add(_x, S.Load(added));
            _y = S.Add(_y, S.Load(added + S.Width));
        }
        _x = S.Clamp(_x, low, high);
        _y = S.Clamp(_y, low, high);
    }
}

/// <summary>Two registers, the second in part: the last columns.</summary>
unsafe struct WideEdgeRow<T, V, S> : ITileRow<WideEdgeRow<T, V, S>, T, V>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    V _x, _y;

    [MethodImpl(AggressiveInlining)]
    public static V Mask(int columns) => S.MaskOfFirst(columns - S.Width);

    [MethodImpl(AggressiveInlining)]
    public void Load(T* source, V mask)
    {
        _x = S.Load(source);
        _y = S.Load(source + S.Width, mask);
    }

    [MethodImpl(AggressiveInlining)]
    public readonly void Store(T* destination, V mask)
    {
        S.Store(_x, destination);
        S.Store(_y, destination + S.Width, mask);
    }

    [MethodImpl(AggressiveInlining)]
    public void MultiplyAdd(V a, in WideEdgeRow<T, V, S> b)
    {
        _x = S.MultiplyAdd(a, b._x, _x);
        _y = S.MultiplyAdd(a, b._y, _y);
    }

    [MethodImpl(AggressiveInlining)]
    public void Finish(T* added, V low, V high, V mask)
    {
        if (added != null)
        {
            _x = S.Add(_x, S.Load(added));
            _y = S.Add(_y, S.Load(added + S.Width, mask));
        }
        _x = S.Clamp(_x, low, high);
        _y = S.Clamp(_y, low, high);
    }
}

/// <summary>One register, perhaps in part: classifier heads and other narrow matrices.</summary>
unsafe struct NarrowRow<T, V, S> : ITileRow<NarrowRow<T, V, S>, T, V>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    V _x;

    [MethodImpl(AggressiveInlining)]
    public static V Mask(int columns) => S.MaskOfFirst(columns);

    [MethodImpl(AggressiveInlining)]
    public void Load(T* source, V mask) => _x = S.Load(source, mask);

    [MethodImpl(AggressiveInlining)]
    public readonly void Store(T* destination, V mask) => S.Store(_x, destination, mask);

    [MethodImpl(AggressiveInlining)]
    public void MultiplyAdd(V a, in NarrowRow<T, V, S> b) => _x = S.MultiplyAdd(a, b._x, _x);

    [MethodImpl(AggressiveInlining)]
    public void Finish(T* added, V low, V high, V mask)
    {
        if (added != null)
            _x = S.Add(_x, S.Load(added, mask));
        _x = S.Clamp(_x, low, high);
    }
}

/// <summary>One whole register.</summary>
unsafe struct WholeRow<T, V, S> : ITileRow<WholeRow<T, V, S>, T, V>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    V _x;

    [MethodImpl(AggressiveInlining)]
    public static V Mask(int columns) => default;

    [MethodImpl(AggressiveInlining)]
    public void Load(T* source, V mask) => _x = S.Load(source);

    [MethodImpl(AggressiveInlining)]
    public readonly void Store(T* destination, V mask) => S.Store(_x, destination);

    [MethodImpl(AggressiveInlining)]
    public void MultiplyAdd(V a, in WholeRow<T, V, S> b) => _x = S.MultiplyAdd(a, b._x, _x);

    [MethodImpl(AggressiveInlining)]
    public void Finish(T* added, V low, V high, V mask)
    {
        if (added != null)
            _x = S.Add(_x, S.Load(added));
        _x = S.Clamp(_x, low, high);
    }
}
