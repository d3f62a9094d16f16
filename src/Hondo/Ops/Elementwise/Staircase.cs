using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Lifts a formula that is constant but for its jumps to an op. No gradient passes.</summary>
/// <typeparam name="F">The formula.</typeparam>
public readonly record struct StaircaseOp<F> : IOp where F : struct, IStaircase, IEquatable<F>
{
    static string IOp.Name => F.Name;

    static bool IOp.StopsGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y) => Loops.Map(new Value(), (ReadOnlySpan<T>)x[0].Data, y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) { }

    readonly struct Value : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => default(F).Forward(x);
    }
}
