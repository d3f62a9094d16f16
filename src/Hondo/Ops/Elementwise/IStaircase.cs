using Hondo.Kernels;

namespace Hondo.Ops;

/// <summary>y = f(x), element by element, constant but for its jumps: it has no gradient worth sending.</summary>
public interface IStaircase
{
    /// <summary>The name in summaries and files.</summary>
    static abstract string Name { get; }

    /// <summary>f(x).</summary>
    V Forward<V>(V x) where V : struct, ILanes<V>;
}
