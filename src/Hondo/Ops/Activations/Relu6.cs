using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = max(0, x), at most 6      dx = dy inside, else 0   (Krizhevsky 2010)</summary>
public readonly record struct Relu6Formula : IUnaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Relu6";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => V.Min(V.Max(x, V.Zero), V.Create(6));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(V.Create(3), V.Abs(x - V.Create(3))), V.One, V.Zero);
}

/// <summary>Syntax of <see cref="Relu6"/>.</summary>
public static class Relu6Syntax
{
    extension(Tensor x)
    {
        /// <summary>x held within 0 and 6.</summary>
        public Tensor Relu6() => Tape.Apply(new Unary<Relu6Formula>(), x);
    }
}
