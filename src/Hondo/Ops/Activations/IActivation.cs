using Hondo.Kernels;

namespace Hondo.Ops;

/// <summary>
/// y = f(x), element by element: the formula and its derivative, each written once for every SIMD width, float and
/// double. Implement it as a <c>readonly record struct</c> whose fields are the formula's constants, and mark both
/// methods AggressiveInlining.
/// </summary>
public interface IUnaryFormula
{
    /// <summary>The name in summaries and files.</summary>
    static abstract string Name { get; }

    /// <summary>f(x).</summary>
    V Forward<V>(V x) where V : struct, ILanes<V>;

    /// <summary>dy/dx, from whichever of x and y is cheaper.</summary>
    V Derivative<V>(V x, V y) where V : struct, ILanes<V>;
}
