namespace Hondo.Kernels;

/// <summary>
/// y = f(x), number by number. Mark every implementation AggressiveInlining (3–5 times slower without).
/// </summary>
public interface IUnary
{
    /// <summary>The formula.</summary>
    V Apply<V>(V x) where V : struct, ILanes<V>;
}
