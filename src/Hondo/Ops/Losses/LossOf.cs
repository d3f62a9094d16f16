using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Lifts a gate of prediction and target to their loss: the mean or sum over all numbers, without memory for the terms.
/// </summary>
/// <typeparam name="F">The gate: a is the prediction, b the target.</typeparam>
/// <param name="Gate">The gate with its constants.</param>
/// <param name="Reduce">Mean or sum.</param>
public readonly record struct LossOp<F>(F Gate, Reduce Reduce) : IOp where F : struct, IBinaryFormula, IEquatable<F>
{
    static string IOp.Name => F.Name;

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => [];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        double sum = Reduction.Sum(new Value(Gate), (ReadOnlySpan<T>)x[0].Data, x[1].Data);
        y[0] = T.CreateTruncating(Reduce == Reduce.Mean ? sum / x[0].Length : sum);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        var (a, b) = x;
        double share = double.CreateTruncating(dy[0]) / (Reduce == Reduce.Mean ? a.Length : 1);
        if (dx[0].IsNeeded)
            Elementwise.Send(new ToA(Gate, share), (ReadOnlySpan<T>)a.Data, b.Data, dx[0]);
        if (dx[1].IsNeeded)
            Elementwise.Send(new ToB(Gate, share), (ReadOnlySpan<T>)a.Data, b.Data, dx[1]);
    }

    readonly struct Value(F gate) : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => gate.Forward(a, b);
    }

    readonly struct ToA(F gate, double share) : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => gate.GradientOfA(a, b, V.Create(share));
    }

    readonly struct ToB(F gate, double share) : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => gate.GradientOfB(a, b, V.Create(share));
    }
}
