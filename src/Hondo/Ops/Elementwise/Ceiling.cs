using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>The smallest whole number not below x.</summary>
public readonly record struct CeilingFormula : IStaircase
{
    /// <inheritdoc/>
    public static string Name => "Ceil";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => -V.Floor(-x);
}

/// <summary>Syntax of <see cref="Ceiling"/>.</summary>
public static class CeilingSyntax
{
    extension(Tensor x)
    {
        /// <summary>The smallest whole number not below x. No gradient passes.</summary>
        public Tensor Ceiling() => Tape.Apply(new StaircaseOp<CeilingFormula>(), x);
    }
}
