using System.Numerics;
using Hondo.Kernels;

namespace Hondo.Tensors;

/// <summary>
/// An operation: its name, the shape it yields, how it computes, and how it sends gradients back. Write it as a
/// <c>readonly record struct</c>; its fields are its attributes, and two calls with equal attributes share memory from
/// step to step. See <c>docs/adding-an-op.md</c>.
/// </summary>
public interface IOp
{
    /// <summary>The name in errors, summaries, drawings and files.</summary>
    static abstract string Name { get; }

    /// <summary>
    /// True when Backward obeys <see cref="View{T}.Accumulates"/>, which saves clearing the gradient's memory first.
    /// It must finish one operand's gradient before it starts the next: both may be the same memory.
    /// </summary>
    static virtual bool OverwritesGradients => false;

    /// <summary>
    /// True when the result has a gradient even if no operand has one, and keeps it: a watched input.
    /// </summary>
    static virtual bool StartsGradients => false;

    /// <summary>True when the result has no gradient whatever its operands: comparisons, rounding, Detach.</summary>
    static virtual bool StopsGradients => false;

    /// <summary>True when operands may be Int32, which the op then reads through <see cref="View{T}.Ints"/>.</summary>
    static virtual bool TakesWholeNumbers => false;

    /// <summary>
    /// True when the result is the first operand's numbers under another shape: inside a step both are then the same
    /// memory, and Forward does not run.
    /// </summary>
    static virtual bool SharesMemory => false;

    /// <summary>The result's shape, or a <see cref="ShapeException"/>. Runs once per recording.</summary>
    Shape Infer(ReadOnlySpan<Shape> x);

    /// <summary>The result's type; by default that of the first floating operand.</summary>
    DType ResultType(ReadOnlySpan<DType> x)
    {
        foreach (DType type in x)
            if (type.IsFloating)
                return type;
        return DType.Float32;
    }

    /// <summary>Bytes that Forward wants to leave for Backward (indices, statistics); 0 when none.</summary>
    Extent MemoBytes(ReadOnlySpan<Shape> x, DType type) => 0;

    /// <summary>Multiply-adds of one Forward, for summaries; elementwise ops count none.</summary>
    long MultiplyAdds(ReadOnlySpan<Shape> x, Shape y) => 0;

    /// <summary>
    /// The op as a composition of other ops on the same operands, with the same numbers; from it follow derivatives of
    /// second order (<c>Tape.Gradient</c>). Null, the default, when there is none: then those are refused.
    /// </summary>
    Tensor? Compose(ReadOnlySpan<Tensor> x) => null;

    /// <summary>Computes y from x. The contents of y are undefined before.</summary>
    void Forward<T>(Operands<T> x, View<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Adds to the gradient of every operand whose view is needed. One is: an op of one operand need not ask.
    /// </summary>
    void Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
