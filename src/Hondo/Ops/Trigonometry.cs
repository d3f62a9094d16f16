using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = sin x      dx = dy · cos x</summary>
readonly record struct SinFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Sin";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Sin(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Cos(x);
}

/// <summary>y = cos x      dx = −dy · sin x</summary>
readonly record struct CosFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Cos";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Cos(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => -V.Sin(x);
}

/// <summary>y = tan x      dx = dy · (1 + y²)</summary>
readonly record struct TanFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Tan";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Sin(x) / V.Cos(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.FusedMultiplyAdd(y, y, V.One);
}

/// <summary>y = asin x      dx = dy / √(1 − x²)</summary>
readonly record struct AsinFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Asin";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => InverseTrigonometry.Asin(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.One / V.Sqrt((V.One - x) * (V.One + x));
}

/// <summary>y = acos x      dx = −dy / √(1 − x²)</summary>
readonly record struct AcosFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Acos";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => InverseTrigonometry.Acos(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => -V.One / V.Sqrt((V.One - x) * (V.One + x));
}

/// <summary>y = atan x      dx = dy / (1 + x²)</summary>
readonly record struct AtanFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Atan";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => InverseTrigonometry.Atan(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.One / V.FusedMultiplyAdd(x, x, V.One);
}

/// <summary>
/// The angle of the point (b, a)   y = atan2(a, b)      da = dy · b / (a² + b²),  db = −dy · a / (a² + b²)
/// </summary>
readonly record struct Atan2Formula : IBinaryFormula
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

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>sin x, element by element, x in radians.</summary>
        public Tensor Sin() => Tape.Apply(new Unary<SinFormula>(), x);

        /// <summary>cos x, element by element, x in radians.</summary>
        public Tensor Cos() => Tape.Apply(new Unary<CosFormula>(), x);

        /// <summary>tan x, element by element, x in radians.</summary>
        public Tensor Tan() => Tape.Apply(new Unary<TanFormula>(), x);

        /// <summary>The angle in −π/2 … π/2 whose sine is x.</summary>
        public Tensor Asin() => Tape.Apply(new Unary<AsinFormula>(), x);

        /// <summary>The angle in 0 … π whose cosine is x.</summary>
        public Tensor Acos() => Tape.Apply(new Unary<AcosFormula>(), x);

        /// <summary>The angle in −π/2 … π/2 whose tangent is x.</summary>
        public Tensor Atan() => Tape.Apply(new Unary<AtanFormula>(), x);
    }

    extension(Tensor height)
    {
        /// <summary>
        /// The angle in −π … π of the point whose height is this tensor and whose width is the other.
        /// </summary>
        public Tensor Atan2(Tensor width) => Broadcast.Apply(new Binary<Atan2Formula>(), height, width);
    }
}
