using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Leaky rectified linear unit whose slope is learned   y = a where a &gt; 0, else b · a      (He et al. 2015,
/// arXiv:1502.01852)      da = dy · (1 or b),  db = dy · (0 or a)
/// </summary>
public readonly record struct PReluFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "PRelu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => V.Select(V.GreaterThan(a, V.Zero), a, b * a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(a, V.Zero), dy, b * dy);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(a, V.Zero), V.Zero, a * dy);
}

/// <summary>Syntax of <see cref="PRelu"/>.</summary>
public static class PReluSyntax
{
    extension(Tensor x)
    {
        /// <summary>a where positive, else slope · a.</summary>
        /// <param name="slope">One number [1], or one for each feature [features].</param>
        public Tensor PRelu(Tensor slope) => Broadcast.Apply(new Binary<PReluFormula>(), x, slope);
    }
}
