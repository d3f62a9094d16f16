using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = x tanh(ln(1 + eˣ))      dx = dy · (t + xσ(1 − t²)) with t = tanh(ln(1 + eˣ))   (Misra 2019, arXiv:1908.08681)
/// </summary>
public readonly record struct MishFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Mish";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => x * Gate(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V>
    {
        V gate = Gate(x);
        return gate + x * V.Sigmoid(x) * (V.One - gate * gate);
    }

    // tanh(ln u) = (u² − 1) / (u² + 1) with u = 1 + eˣ; from x = 30 on it is 1 in any precision.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Gate<V>(V x) where V : struct, ILanes<V>
    {
        V e = V.Exp(V.Min(x, V.Create(30))), n = e * (e + V.Create(2));
        return n / (n + V.Create(2));
    }
}

/// <summary>Syntax of <see cref="Mish"/>.</summary>
public static class MishSyntax
{
    extension(Tensor x)
    {
        /// <summary>x tanh(ln(1 + eˣ)), element by element.</summary>
        public Tensor Mish() => Tape.Apply(new Unary<MishFormula>(), x);
    }
}
