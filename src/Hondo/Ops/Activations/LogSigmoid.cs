using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = ln σ(x) = −ln(1 + e⁻ˣ)      dx = dy · σ(−x)</summary>
public readonly record struct LogSigmoidFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "LogSigmoid";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Min(x, V.Zero) - Elementary.Log1p(V.Exp(-V.Abs(x)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Sigmoid(-x);
}

/// <summary>Syntax of <see cref="LogSigmoid"/>.</summary>
public static class LogSigmoidSyntax
{
    extension(Tensor x)
    {
        /// <summary>ln σ(x), without overflow for any x.</summary>
        public Tensor LogSigmoid() => Tape.Apply(new Unary<LogSigmoidFormula>(), x);
    }
}
