using System.Numerics;

namespace Hondo.Kernels;

/// <summary>What is done with all the numbers along an axis, as one contiguous run; implement it as a struct.</summary>
interface IStrip
{
    /// <summary>y from x and z, all of one length.</summary>
    void Run<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> z, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
