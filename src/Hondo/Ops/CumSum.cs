using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Running sum along an axis   yₖ = x₀ + … + xₖ      dxₖ = dyₖ + dyₖ₊₁ + …</summary>
/// <param name="Axis">The axis, from 0.</param>
readonly record struct CumSumOp(int Axis) : IOp, ILinearOp
{
    static string IOp.Name => "CumSum";

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (outer, along, inner) = new AxisRun(Axis, 1, true).Sizes(x[0].Shape);
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                T sum = T.Zero;
                for (int k = 0, at = o * along * inner + i; k < along; k++, at += inner)
                    y[at] = sum += x[0][at];
            }
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        var (outer, along, inner) = new AxisRun(Axis, 1, true).Sizes(x[0].Shape);
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                T sum = T.Zero;
                for (int k = along - 1, at = ((o + 1) * along - 1) * inner + i; k >= 0; k--, at -= inner)
                    dx[0][at] += sum += dy[at];
            }
    }
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>Running sums along an axis.</summary>
        public Tensor CumSum(int axis = -1) => Tape.Apply(new CumSumOp(x.Shape.Axis(axis)), x);
    }
}
