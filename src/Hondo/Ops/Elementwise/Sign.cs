using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>−1, 0 or 1, as x is negative, zero or positive; NaN stays NaN.</summary>
public readonly record struct SignFormula : IStaircase
{
    /// <inheritdoc/>
    public static string Name => "Sign";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> =>
        V.Select(V.Equals(x, V.Zero), V.Zero, V.Select(V.Equals(x, x), V.CopySign(V.One, x), x));
}

/// <summary>Syntax of <see cref="Sign"/>.</summary>
public static class SignSyntax
{
    extension(Tensor x)
    {
        /// <summary>−1, 0 or 1, as x is negative, zero or positive; NaN stays NaN. No gradient passes.</summary>
        public Tensor Sign() => Tape.Apply(new StaircaseOp<SignFormula>(), x);
    }
}
