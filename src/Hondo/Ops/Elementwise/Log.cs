using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = ln x      dx = dy / x</summary>
public readonly record struct LogFormula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Log";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Log(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.One / x;
}

/// <summary>Syntax of <see cref="Log"/>.</summary>
public static class LogSyntax
{
    extension(Tensor x)
    {
        /// <summary>The natural logarithm, element by element.</summary>
        public Tensor Log() => Tape.Apply(new Unary<LogFormula>(), x);
    }
}
