using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>x held within limits      dx = dy where x lies within them, else 0</summary>
/// <param name="Low">The lower limit; −∞ for none.</param>
/// <param name="High">The upper limit; ∞ for none.</param>
public readonly record struct ClipFormula(double Low, double High) : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Clip";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Min(V.Max(x, V.Create(Low)), V.Create(High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Select(V.Equals(x, y), V.One, V.Zero);
}

/// <summary>Syntax of <see cref="Clip"/>.</summary>
public static class ClipSyntax
{
    extension(Tensor x)
    {
        /// <summary>x held within limits. The gradient is that of x within them, and at them, and 0 outside.</summary>
        /// <param name="low">The lower limit; −∞ for none.</param>
        /// <param name="high">The upper limit; ∞ for none.</param>
        /// <exception cref="ArgumentException">The lower limit is above the upper one.</exception>
        public Tensor Clip(double low = double.NegativeInfinity, double high = double.PositiveInfinity) => low <= high
            ? Tape.Apply(new Unary<ClipFormula>(new(low, high)), x)
            : throw new ArgumentException(
                $"Clip got the limits {low} and {high}: the first must not be above the second.");

        /// <summary>x held within −1 and 1: a piecewise linear tanh.</summary>
        /// <param name="low">The lower limit.</param>
        /// <param name="high">The upper limit.</param>
        public Tensor HardTanh(double low = -1, double high = 1) => x.Clip(low, high);
    }
}
