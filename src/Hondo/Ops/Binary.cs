using System.Numerics;
using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = f(a, b), element by element, with its two local gradients. Implement it as a <c>readonly record struct</c> and
/// mark every method AggressiveInlining. Broadcasting is not its business.
/// </summary>
public interface IBinaryFormula
{
    /// <summary>The name in summaries and files.</summary>
    static abstract string Name { get; }

    /// <summary>f(a, b).</summary>
    V Forward<V>(V a, V b) where V : struct, ILanes<V>;

    /// <summary>∂y/∂a · dy.</summary>
    V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V>;

    /// <summary>∂y/∂b · dy.</summary>
    V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V>;
}

/// <summary>Lifts a gate of two inputs to an op on tensors of one shape.</summary>
/// <typeparam name="F">The gate.</typeparam>
/// <param name="Gate">The gate with its constants.</param>
public readonly record struct Binary<F>(F Gate) : IOp, ICurvedOp where F : struct, IBinaryFormula, IEquatable<F>
{
    static string IOp.Name => F.Name;

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0] == x[1]
        ? x[0]
        : throw ShapeException.For<Binary<F>>(x,
            "both must have the same shape here; apply it through Broadcast.Apply");

    void IOp.Forward<T>(Operands<T> x, View<T> y) =>
        Loops.Map(new Value(Gate), (ReadOnlySpan<T>)x[0].Data, x[1].Data, y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        var (a, b) = x;
        var (da, db) = dx;
        if (da.IsNeeded)
            Send(new ToA(Gate), a, b, dy, da);
        if (db.IsNeeded)
            Send(new ToB(Gate), a, b, dy, db);
    }

    void ICurvedOp.Tangent<T>(Operands<T> x, Operands<T> tangents, View<T> y, View<T> into)
    {
        for (int i = 0; i < into.Length; i++)
            into[i] = Slopes.Along(Gate, (x[0][i], tangents[0][i]), (x[1][i], tangents[1][i]));
    }

    void ICurvedOp.BackwardTangent<T>(Operands<T> x, Operands<T> tangents, View<T> y, Curved<T> of, Operands<T> into)
    {
        for (int operand = 0; operand < 2; operand++)
            for (int i = 0; i < y.Length && into[operand].IsNeeded; i++)
                into[operand][i] += Slopes.Tangent(Gate, operand, (x[0][i], tangents[0][i]),
                    (x[1][i], tangents[1][i]), (of.Dy[i], of.DyTangent[i]));
    }

    static void Send<G, T>(G gate, View<T> a, View<T> b, View<T> dy, View<T> into)
        where G : struct, ITernary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (into.Accumulates)
            Loops.Accumulate(gate, (ReadOnlySpan<T>)a.Data, b.Data, dy.Data, into.Data);
        else
            Loops.Map(gate, (ReadOnlySpan<T>)a.Data, b.Data, dy.Data, into.Data);
    }

    readonly struct Value(F gate) : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => gate.Forward(a, b);
    }

    readonly struct ToA(F gate) : ITernary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b, V dy) where V : struct, ILanes<V> => gate.GradientOfA(a, b, dy);
    }

    readonly struct ToB(F gate) : ITernary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b, V dy) where V : struct, ILanes<V> => gate.GradientOfB(a, b, dy);
    }
}
