using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>The nearest whole number, ties to even.</summary>
public readonly record struct RoundFormula : IStaircase
{
    /// <inheritdoc/>
    public static string Name => "Round";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Round(x);
}

/// <summary>Syntax of <see cref="Round"/>.</summary>
public static class RoundSyntax
{
    extension(Tensor x)
    {
        /// <summary>The nearest whole number, ties to even. No gradient passes.</summary>
        public Tensor Round() => Tape.Apply(new StaircaseOp<RoundFormula>(), x);
    }
}
