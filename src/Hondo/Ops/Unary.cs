using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = f(x), element by element: the formula and its derivative, each written once for every SIMD width, float and
/// double. Implement it as a <c>readonly record struct</c> whose fields are the formula's constants, and mark both
/// methods AggressiveInlining.
/// </summary>
public interface IUnaryFormula
{
    /// <summary>The name in summaries and files.</summary>
    static abstract string Name { get; }

    /// <summary>f(x).</summary>
    V Forward<V>(V x) where V : struct, ILanes<V>;

    /// <summary>dy/dx, from whichever of x and y is cheaper.</summary>
    V Derivative<V>(V x, V y) where V : struct, ILanes<V>;
}

/// <summary>Lifts an elementwise formula to an op: y = f(x), dx = dy · f′(x).</summary>
/// <typeparam name="F">The formula.</typeparam>
/// <param name="Formula">The formula with its constants.</param>
public readonly record struct Unary<F>(F Formula) : IOp, ICurvedOp where F : struct, IUnaryFormula, IEquatable<F>
{
    static string IOp.Name => F.Name;

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y) =>
        Loops.Map(new Value(Formula), (ReadOnlySpan<T>)x[0].Data, y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        View<T> into = dx[0];
        if (into.Accumulates)
            Loops.Accumulate(new Slope(Formula), (ReadOnlySpan<T>)x[0].Data, y.Data, dy.Data, into.Data);
        else
            Loops.Map(new Slope(Formula), (ReadOnlySpan<T>)x[0].Data, y.Data, dy.Data, into.Data);
    }

    void ICurvedOp.Tangent<T>(Operands<T> x, Operands<T> tangents, View<T> y, View<T> into)
    {
        for (int i = 0; i < into.Length; i++)
            into[i] = tangents[0][i] == T.Zero ? T.Zero : tangents[0][i] * Slopes.Of(Formula, x[0][i], y[i]);
    }

    // dx = dy · f′(x), so its tangent is that of dy times f′, and dy times that of f′.
    void ICurvedOp.BackwardTangent<T>(Operands<T> x, Operands<T> tangents, View<T> y, Curved<T> of, Operands<T> into)
    {
        if (!into[0].IsNeeded)
            return;
        for (int i = 0; i < y.Length; i++)
            into[0][i] += Slopes.Tangent(Formula, (x[0][i], tangents[0][i]), (y[i], of.YTangent[i]),
                (of.Dy[i], of.DyTangent[i]));
    }

    readonly struct Value(F formula) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => formula.Forward(x);
    }

    readonly struct Slope(F formula) : ITernary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x, V y, V dy) where V : struct, ILanes<V> => dy * formula.Derivative(x, y);
    }
}
