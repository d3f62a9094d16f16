using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Sum   y = a + b      da = dy,  db = dy</summary>
readonly record struct AddFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Add";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => dy;
}

/// <summary>Difference   y = a − b      da = dy,  db = −dy</summary>
readonly record struct SubtractFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Sub";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => a - b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => -dy;
}

/// <summary>Product   y = a · b      da = b · dy,  db = a · dy</summary>
readonly record struct MultiplyFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Mul";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => a * b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => b * dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => a * dy;
}

/// <summary>Quotient   y = a / b      da = dy / b,  db = −dy · a / b²</summary>
readonly record struct DivideFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Div";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => a / b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => dy / b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => -dy * (a / b) / b;
}

/// <summary>
/// Larger number   y = max(a, b)      dy goes to the larger operand, half to each where they are equal
/// </summary>
readonly record struct MaximumFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Max";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => V.Max(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => dy * Share(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => dy * Share(b, a);

    // Where both are equal each is as much the larger one as the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Share<V>(V mine, V other) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(mine, other), V.One, V.Select(V.Equals(mine, other), V.Create(0.5), V.Zero));
}

/// <summary>
/// Smaller number   y = min(a, b)      dy goes to the smaller operand, half to each where they are equal
/// </summary>
readonly record struct MinimumFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Min";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => V.Min(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => dy * Share(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => dy * Share(b, a);

    // Where both are equal each is as much the smaller one as the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Share<V>(V mine, V other) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(other, mine), V.One, V.Select(V.Equals(mine, other), V.Create(0.5), V.Zero));
}

public static partial class TensorExtensions
{
    extension(Tensor)
    {
        /// <summary>The sum, element by element, with broadcasting.</summary>
        public static Tensor operator +(Tensor a, Tensor b) => Whole.Are(a, b)
            ? Whole.Apply<WholeSum>(a, b)
            : Broadcast.Apply(new Binary<AddFormula>(), a, b);

        /// <summary>The difference, element by element, with broadcasting.</summary>
        public static Tensor operator -(Tensor a, Tensor b) => Whole.Are(a, b)
            ? Whole.Apply<WholeDifference>(a, b)
            : Broadcast.Apply(new Binary<SubtractFormula>(), a, b);

        /// <summary>The product, element by element, with broadcasting.</summary>
        public static Tensor operator *(Tensor a, Tensor b) => Whole.Are(a, b)
            ? Whole.Apply<WholeProduct>(a, b)
            : Broadcast.Apply(new Binary<MultiplyFormula>(), a, b);

        /// <summary>The quotient, element by element, with broadcasting.</summary>
        public static Tensor operator /(Tensor a, Tensor b) => Broadcast.Apply(new Binary<DivideFormula>(), a, b);
    }

    extension(Tensor a)
    {
        /// <summary>The larger of two numbers, element by element, with broadcasting; NaN if either is.</summary>
        public Tensor Maximum(Tensor b) => Broadcast.Apply(new Binary<MaximumFormula>(), a, b);

        /// <summary>The smaller of two numbers, element by element, with broadcasting; NaN if either is.</summary>
        public Tensor Minimum(Tensor b) => Broadcast.Apply(new Binary<MinimumFormula>(), a, b);
    }
}
