using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = 1 where the relation of a and b holds, else 0, in the operands' type. No gradient passes.</summary>
/// <typeparam name="F">The relation.</typeparam>
public readonly record struct CompareOp<F> : IOp where F : struct, IComparison, IEquatable<F>
{
    static string IOp.Name => F.Name;

    static bool IOp.StopsGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0] == x[1]
        ? x[0]
        : throw ShapeException.For<CompareOp<F>>(x,
            "both must have the same shape here; apply it through Broadcast.Apply");

    void IOp.Forward<T>(Operands<T> x, View<T> y) =>
        Loops.Map(new Value(), (ReadOnlySpan<T>)x[0].Data, x[1].Data, y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) { }

    readonly struct Value : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => V.Select(default(F).Mask(a, b), V.One, V.Zero);
    }
}
