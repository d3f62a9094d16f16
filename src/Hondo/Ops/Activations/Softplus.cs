using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = ln(1 + e^(βx)) / β      dx = dy · σ(βx)   (Dugas et al. 2001)</summary>
/// <param name="Beta">How sharp the bend is.</param>
public readonly record struct SoftplusFormula(double Beta) : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Softplus";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V>
    {
        // From e^−|βx|, so that nothing overflows.
        V scaled = V.Create(Beta) * x;
        return (V.Max(scaled, V.Zero) + Elementary.Log1p(V.Exp(-V.Abs(scaled)))) / V.Create(Beta);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Sigmoid(V.Create(Beta) * x);
}

/// <summary>Syntax of <see cref="Softplus"/>.</summary>
public static class SoftplusSyntax
{
    extension(Tensor x)
    {
        /// <summary>ln(1 + e^(βx)) / β: a smooth ReLU.</summary>
        /// <param name="beta">How sharp the bend is.</param>
        public Tensor Softplus(double beta = 1) => Tape.Apply(new Unary<SoftplusFormula>(new(beta)), x);
    }
}
