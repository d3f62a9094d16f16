using Hondo.Kernels;

namespace Hondo.Ops;

/// <summary>A relation of two numbers, element by element. Its result has no gradient.</summary>
public interface IComparison
{
    /// <summary>The name in summaries and files.</summary>
    static abstract string Name { get; }

    /// <summary>All bits where the relation holds, else none.</summary>
    V Mask<V>(V a, V b) where V : struct, ILanes<V>;
}
