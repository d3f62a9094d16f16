using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = a number where the mask is not 0, else x      dx = dy where the mask is 0, else 0</summary>
/// <param name="Value">The number.</param>
readonly record struct MaskedFillOp(double Value) : IOp
{
    static string IOp.Name => "MaskedFill";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x) => x[1].NotEqualTo(0).Where(x[0].Detach() * 0 + Value, x[0]);

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

/// <summary>y = a where the condition is not 0, else b      dy goes to the operand that was taken</summary>
readonly record struct WhereOp : IOp, ILinearOp
{
    static string IOp.Name => "Where";

    uint ILinearOp.Selectors => 1;

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0] == x[1] && x[1] == x[2]
        ? x[1]
        : throw ShapeException.For<WhereOp>(x, "condition and operands must have the same shape");

    void IOp.Forward<T>(Operands<T> x, View<T> y) =>
        Loops.Map(new Choice(), (ReadOnlySpan<T>)x[0].Data, x[1].Data, x[2].Data, y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (dx[0].IsNeeded && !dx[0].Accumulates)
            dx[0].Data.Clear();
        if (dx[1].IsNeeded)
            Elementwise.Send(new Taken(), x[0].Data, dy.Data, dx[1]);
        if (dx[2].IsNeeded)
            Elementwise.Send(new NotTaken(), x[0].Data, dy.Data, dx[2]);
    }

    readonly struct Choice : ITernary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V condition, V a, V b) where V : struct, ILanes<V> =>
            V.Select(V.Equals(condition, V.Zero), b, a);
    }

    internal readonly struct Taken : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V condition, V dy) where V : struct, ILanes<V> =>
            V.Select(V.Equals(condition, V.Zero), V.Zero, dy);
    }

    internal readonly struct NotTaken : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V condition, V dy) where V : struct, ILanes<V> =>
            V.Select(V.Equals(condition, V.Zero), dy, V.Zero);
    }
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// A number where the mask is not 0, else this tensor's; the mask is broadcast to this shape.
        /// </summary>
        /// <param name="mask">0 or 1, in this tensor's type or Int32.</param>
        /// <param name="value">The number, e.g. −∞ before a softmax.</param>
        public Tensor MaskedFill(Tensor mask, double value) =>
            Tape.Apply(new MaskedFillOp(value), x,
                (mask.DType == DType.Int32 ? mask.To(x.DType) : mask).Expand(x.Shape));
    }

    extension(Tensor condition)
    {
        /// <summary>a where this tensor is not 0, else b, with broadcasting.</summary>
        public Tensor Where(Tensor a, Tensor b)
        {
            if (Whole.Are(a, b))
            {
                Tensor isSet = condition.NotEqualTo(0).To(DType.Int32);
                return isSet * a + isSet.Not() * b;
            }
            if (condition.DType == DType.Int32)
                condition = condition.To(a.DType);
            Shape common = Broadcast.Common<WhereOp>(condition.Shape, Broadcast.Common<WhereOp>(a.Shape, b.Shape));
            return Tape.Apply(new WhereOp(), condition.Expand(common), a.Expand(common), b.Expand(common));
        }
    }
}
