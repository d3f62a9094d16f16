using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = aᵇ      da = dy · b aᵇ⁻¹,  db = dy · y ln a</summary>
readonly record struct PowerFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Pow";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => Powers.Power(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V>
    {
        V slope = dy * b * Powers.Power(a, b - V.One);
        return V.Select(V.Equals(b, V.Zero), V.Zero, slope);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V>
    {
        V y = Powers.Power(a, b);
        // 0ᵇ is 0 for every positive b: it does not change with b, although ln 0 is infinite.
        return V.Select(V.Equals(y, V.Zero), V.Zero, dy * y * V.Log(a));
    }
}

/// <summary>y = xᵖ      dx = dy · p xᵖ⁻¹</summary>
/// <param name="Exponent">p.</param>
readonly record struct PowerOfFormula(double Exponent) : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Pow";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => Powers.Power(x, V.Create(Exponent));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        V.Create(Exponent) * Powers.Power(x, V.Create(Exponent - 1));
}

/// <summary>
/// y = xⁿ by repeated multiplication, right to the last digits for negative x too      dx = dy · n xⁿ⁻¹
/// </summary>
/// <param name="Exponent">n, from 0 to <see cref="Largest"/>.</param>
readonly record struct WholePowerFormula(int Exponent) : IUnaryFormula
{
    /// <summary>The largest exponent; larger ones are quicker by logarithms.</summary>
    public const int Largest = 16;

    /// <inheritdoc/>
    public static string Name => "Pow";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => Power(x, Exponent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        Exponent == 0 ? V.Zero : V.Create(Exponent) * Power(x, Exponent - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Power<V>(V x, int n) where V : struct, ILanes<V>
    {
        V y = V.One;
        for (V square = x; n > 0; n >>= 1, square *= square)
            if ((n & 1) != 0)
                y *= square;
        return y;
    }
}

/// <summary>y = x²      dx = dy · 2x</summary>
readonly record struct SquareFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Square";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => x * x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => x + x;
}

/// <summary>y = √x      dx = dy / 2y</summary>
readonly record struct SqrtFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Sqrt";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Sqrt(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Create(0.5) / y;
}

/// <summary>y = 1 / √x      dx = −½ dy · y³</summary>
readonly record struct RsqrtFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Rsqrt";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.One / V.Sqrt(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Create(-0.5) * y * y * y;
}

/// <summary>y = 1 / x      dx = −dy · y²</summary>
readonly record struct ReciprocalFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Reciprocal";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.One / x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => -y * y;
}

public static partial class TensorExtensions
{
    extension(Tensor a)
    {
        /// <summary>
        /// aᵇ, element by element, with broadcasting. A negative a has powers with whole b only; others are NaN.
        /// </summary>
        public Tensor Pow(Tensor b) => Broadcast.Apply(new Binary<PowerFormula>(), a, b);
    }

    extension(Tensor x)
    {
        /// <summary>xᵖ, element by element. A negative x has powers with whole p only; others are NaN.</summary>
        /// <param name="exponent">p.</param>
        public Tensor Pow(double exponent) => exponent switch
        {
            2 => x.Square(),
            0.5 => x.Sqrt(),
            -1 => x.Reciprocal(),
            -0.5 => x.Rsqrt(),
            _ when exponent is >= 0 and <= WholePowerFormula.Largest && exponent == Math.Floor(exponent) =>
                Tape.Apply(new Unary<WholePowerFormula>(new((int)exponent)), x),
            _ => Tape.Apply(new Unary<PowerOfFormula>(new(exponent)), x),
        };

        /// <summary>x², element by element.</summary>
        public Tensor Square() => Tape.Apply(new Unary<SquareFormula>(), x);

        /// <summary>The square root, element by element.</summary>
        public Tensor Sqrt() => Tape.Apply(new Unary<SqrtFormula>(), x);

        /// <summary>1 / √x, element by element.</summary>
        public Tensor Rsqrt() => Tape.Apply(new Unary<RsqrtFormula>(), x);

        /// <summary>1 / x, element by element.</summary>
        public Tensor Reciprocal() => Tape.Apply(new Unary<ReciprocalFormula>(), x);
    }
}
