using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = x · s^−β,   s = k + α/n · Σ x² over the n neighbouring channels      [.., channels] → the same
/// dx = dy·s^−β − 2αβ/n · x · Σ dy·y/s   (Krizhevsky et al. 2012, whose α is α/n here, as in PyTorch)
/// </summary>
/// <param name="Size">n.</param>
/// <param name="Alpha">α.</param>
/// <param name="Beta">β.</param>
/// <param name="Offset">k.</param>
readonly record struct LocalResponseNormOp(int Size, double Alpha, double Beta, double Offset) : IOp
{
    static string IOp.Name => "LocalResponseNorm";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x)
    {
        int channels = x[0].Shape[^1];
        int before = Math.Min(Size / 2, channels), after = Math.Min((Size - 1) / 2, channels);
        Tensor squares = x[0].Square(), sum = squares;
        for (int shift = 1; shift <= Math.Min(Math.Max(before, after), channels - 1); shift++)
        {
            Tensor zeros = squares.SliceAxis(-1, ..shift).Detach() * 0;
            if (shift <= before)
                sum += Tensor.Concat(x[0].Shape.Rank - 1, zeros, squares.SliceAxis(-1, ..^shift));
            if (shift <= after)
                sum += Tensor.Concat(x[0].Shape.Rank - 1, squares.SliceAxis(-1, shift..), zeros);
        }
        return x[0] * (sum * (Alpha / Size) + Offset).Pow(-Beta);
    }

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0].Rank > 0
        ? x[0]
        : throw ShapeException.For<LocalResponseNormOp>(x, "it needs an axis of channels");

    Extent IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) => (Extent)x[0].Size * type.Size;

    void IOp.Forward<T>(Operands<T> x, View<T> y) => Kernel<T>(y.Shape).Forward(x[0].Data, y.Data, x.Memo<T>());

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (dx[0].IsNeeded)
            Kernel<T>(y.Shape).Backward(x[0].Data, y.Data, x.Memo<T>(), dy.Data, dx[0].Data, dx[0].Accumulates);
    }

    LocalResponse<T> Kernel<T>(Shape x) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        new(x.SizeBefore(x.Rank - 1), x[^1], Size, Alpha, Beta, Offset);
}

/// <summary>The norm that AlexNet has.</summary>
public static class LocalResponseExtensions
{
    extension(Tensor x)
    {
        /// <summary>Local response normalization over the last axis.</summary>
        /// <param name="size">n, how many neighbouring channels.</param>
        /// <param name="alpha">α; divided by n.</param>
        /// <param name="beta">β.</param>
        /// <param name="offset">k.</param>
        public Tensor LocalResponseNorm(int size, double alpha = 1e-4, double beta = 0.75, double offset = 1) =>
            Tape.Apply(new LocalResponseNormOp(size, alpha, beta, offset), x);
    }
}
