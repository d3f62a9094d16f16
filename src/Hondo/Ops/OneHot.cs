using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Labels as rows of 0 with a 1 at the label      int32 [..] → [.., classes]. No gradient passes.</summary>
/// <param name="Classes">How many classes.</param>
/// <param name="Type">Float32 or Float64.</param>
readonly record struct OneHotOp(int Classes, DType Type) : IOp
{
    static string IOp.Name => "OneHot";

    static bool IOp.StopsGradients => true;

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => [.. x[0].AsSpan(), Classes];

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0] == DType.Int32 && Type.IsFloating
        ? Type
        : throw new ArgumentException($"OneHot turns Int32 labels into floating rows, but got {x[0]} to turn "
            + $"into {Type}.");

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        ReadOnlySpan<int> labels = x[0].Ints;
        y.Data.Clear();
        for (int i = 0; i < labels.Length; i++)
            y[i * Classes + Indices.Check("OneHot", labels[i], i, Classes)] = T.One;
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) { }
}

public static partial class TensorExtensions
{
    extension(Tensor labels)
    {
        /// <summary>Rows of 0 with a 1 at each Int32 label      [..] → [.., classes]</summary>
        public Tensor OneHot(int classes, DType type = DType.Float32) =>
            Tape.Apply(new OneHotOp(classes, type), labels);
    }
}
