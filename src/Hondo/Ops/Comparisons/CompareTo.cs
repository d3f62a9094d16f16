using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = 1 where the relation of x and a number holds, else 0, in x's type. No gradient passes.</summary>
/// <typeparam name="F">The relation.</typeparam>
/// <param name="Value">The number.</param>
public readonly record struct CompareToOp<F>(double Value) : IOp where F : struct, IComparison, IEquatable<F>
{
    static string IOp.Name => F.Name;

    static bool IOp.StopsGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y) => Loops.Map(new Formula(Value), (ReadOnlySpan<T>)x[0].Data, y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) { }

    readonly struct Formula(double value) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> =>
            V.Select(default(F).Mask(x, V.Create(value)), V.One, V.Zero);
    }
}
