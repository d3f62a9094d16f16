using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>The largest whole number not above x.</summary>
public readonly record struct FloorFormula : IStaircase
{
    /// <inheritdoc/>
    public static string Name => "Floor";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Floor(x);
}

/// <summary>Syntax of <see cref="Floor"/>.</summary>
public static class FloorSyntax
{
    extension(Tensor x)
    {
        /// <summary>The largest whole number not above x. No gradient passes.</summary>
        public Tensor Floor() => Tape.Apply(new StaircaseOp<FloorFormula>(), x);
    }
}
