using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Logistic function   y = 1 / (1 + e⁻ˣ)      dx = dy · y(1 − y), at most ¼</summary>
public readonly record struct SigmoidFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Sigmoid";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => y * (V.One - y);
}

/// <summary>Syntax of <see cref="Sigmoid"/>.</summary>
public static class SigmoidSyntax
{
    extension(Tensor x)
    {
        /// <summary>1 / (1 + e⁻ˣ), element by element.</summary>
        public Tensor Sigmoid() => Tape.Apply(new Unary<SigmoidFormula>(), x);
    }
}
