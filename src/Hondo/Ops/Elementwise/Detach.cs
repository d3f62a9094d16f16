using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>The same numbers, through which no gradient passes.</summary>
public readonly record struct DetachOp : IOp
{
    static string IOp.Name => "Detach";

    static bool IOp.StopsGradients => true;

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y) => x[0].Data.CopyTo(y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) { }
}

/// <summary>Syntax of <see cref="Detach"/>.</summary>
public static class DetachSyntax
{
    extension(Tensor x)
    {
        /// <summary>The same numbers as a constant: Backward stops here.</summary>
        public Tensor Detach() => Tape.Apply(new DetachOp(), x);
    }
}
