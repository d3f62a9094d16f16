using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Leaky rectified linear unit   y = x where x &gt; 0, else slope · x      dx = dy · (1 or slope)   (Maas et al. 2013)
/// </summary>
/// <param name="Slope">The slope below 0.</param>
public readonly record struct LeakyReluFormula(double Slope) : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "LeakyRelu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Select(V.GreaterThan(x, V.Zero), x, x * V.Create(Slope));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(x, V.Zero), V.One, V.Create(Slope));
}

/// <summary>Syntax of <see cref="LeakyRelu"/>.</summary>
public static class LeakyReluSyntax
{
    extension(Tensor x)
    {
        /// <summary>x where positive, else slope · x.</summary>
        /// <param name="slope">The slope below 0; 0.01 is the usual one.</param>
        public Tensor LeakyRelu(double slope = 0.01) => Tape.Apply(new Unary<LeakyReluFormula>(new(slope)), x);
    }
}
