using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>An op that takes the numbers along some axes together.</summary>
/// <typeparam name="TSelf">The op.</typeparam>
public interface IReduction<TSelf> : IOp where TSelf : struct, IReduction<TSelf>, IEquatable<TSelf>
{
    /// <summary>The op over a run of axes.</summary>
    static abstract TSelf Over(AxisRun run);
}
