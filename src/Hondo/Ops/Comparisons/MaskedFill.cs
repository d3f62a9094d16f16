using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = a number where the mask is not 0, else x      dx = dy where the mask is 0, else 0</summary>
/// <param name="Value">The number.</param>
public readonly record struct MaskedFillOp(double Value) : IOp
{
    static string IOp.Name => "MaskedFill";

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0] == x[1]
        ? x[0]
        : throw ShapeException.For<MaskedFillOp>(x, "the mask must have the shape of the tensor");

    void IOp.Forward<T>(Operands<T> x, View<T> y) =>
        Loops.Map(new Fill(Value), (ReadOnlySpan<T>)x[1].Data, x[0].Data, y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (dx[0].IsNeeded)
            Elementwise.Send(new WhereOp.NotTaken(), x[1].Data, dy.Data, dx[0]);
        if (dx[1].IsNeeded && !dx[1].Accumulates)
            dx[1].Data.Clear();
    }

    readonly struct Fill(double value) : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V mask, V x) where V : struct, ILanes<V> =>
            V.Select(V.Equals(mask, V.Zero), x, V.Create(value));
    }
}

/// <summary>Syntax of <see cref="MaskedFill"/>.</summary>
public static class MaskedFillSyntax
{
    extension(Tensor x)
    {
        /// <summary>
        /// A number where the mask is not 0, else this tensor's; the mask is broadcast to this shape.
        /// </summary>
        /// <param name="mask">0 or 1, in this tensor's type.</param>
        /// <param name="value">The number, e.g. −∞ before a softmax.</param>
        public Tensor MaskedFill(Tensor mask, double value) =>
            Tape.Apply(new MaskedFillOp(value), x, mask.Expand(x.Shape));
    }
}
