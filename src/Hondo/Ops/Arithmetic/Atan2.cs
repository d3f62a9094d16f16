using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// The angle of the point (b, a)   y = atan2(a, b)      da = dy · b / (a² + b²),  db = −dy · a / (a² + b²)
/// </summary>
public readonly record struct Atan2Formula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Atan2";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => InverseTrigonometry.Atan2(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => dy * b / (a * a + b * b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => -dy * a / (a * a + b * b);
}

/// <summary>Syntax of <see cref="Atan2"/>.</summary>
public static class Atan2Syntax
{
    extension(Tensor height)
    {
        /// <summary>
        /// The angle in −π … π of the point whose height is this tensor and whose width is the other.
        /// </summary>
        public Tensor Atan2(Tensor width) => Broadcast.Apply(new Binary<Atan2Formula>(), height, width);
    }
}
