using Hondo.Kernels;

namespace Hondo.Ops;

/// <summary>
/// y = f(a, b), element by element, with its two local gradients. Implement it as a <c>readonly record struct</c> and
/// mark every method AggressiveInlining. Broadcasting is not its business.
/// </summary>
public interface IBinaryFormula
{
    /// <summary>The name in summaries and files.</summary>
    static abstract string Name { get; }

    /// <summary>f(a, b).</summary>
    V Forward<V>(V a, V b) where V : struct, ILanes<V>;

    /// <summary>∂y/∂a · dy.</summary>
    V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V>;

    /// <summary>∂y/∂b · dy.</summary>
    V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V>;
}
