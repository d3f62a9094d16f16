using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Logistic function   y = 1 / (1 + e⁻ˣ)      dx = dy · y(1 − y), at most ¼</summary>
readonly record struct SigmoidFormula : IUnaryFormula
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

/// <summary>y = x/6 + ½ held within 0 and 1      dx = dy / 6 inside, else 0</summary>
readonly record struct HardSigmoidFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "HardSigmoid";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> =>
        V.Min(V.Max(x + V.Create(3), V.Zero), V.Create(6)) / V.Create(6);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(V.Create(3), V.Abs(x)), V.Create(1.0 / 6), V.Zero);
}

/// <summary>y = ln σ(x) = −ln(1 + e⁻ˣ)      dx = dy · σ(−x)</summary>
readonly record struct LogSigmoidFormula : IUnaryFormula
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

/// <summary>Hyperbolic tangent   y = tanh x      dx = dy · (1 − y²), at most 1</summary>
readonly record struct TanhFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Tanh";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.One - y * y;
}

/// <summary>y = x / (1 + |x|)      dx = dy / (1 + |x|)²</summary>
readonly record struct SoftsignFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Softsign";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => x / (V.One + V.Abs(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V>
    {
        V root = V.One / (V.One + V.Abs(x));
        return root * root;
    }
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>1 / (1 + e⁻ˣ), element by element.</summary>
        public Tensor Sigmoid() => Tape.Apply(new Unary<SigmoidFormula>(), x);

        /// <summary>x/6 + ½ held within 0 and 1.</summary>
        public Tensor HardSigmoid() => Tape.Apply(new Unary<HardSigmoidFormula>(), x);

        /// <summary>ln σ(x), without overflow for any x.</summary>
        public Tensor LogSigmoid() => Tape.Apply(new Unary<LogSigmoidFormula>(), x);

        /// <summary>tanh x, element by element.</summary>
        public Tensor Tanh() => Tape.Apply(new Unary<TanhFormula>(), x);

        /// <summary>x / (1 + |x|), element by element.</summary>
        public Tensor Softsign() => Tape.Apply(new Unary<SoftsignFormula>(), x);
    }
}
