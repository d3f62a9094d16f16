using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = 1 at the largest number along an axis (the first of equal ones), else 0. No gradient passes.</summary>
/// <param name="Axis">The axis, from 0.</param>
public readonly record struct HardmaxOp(int Axis) : IOp
{
    static string IOp.Name => "Hardmax";

    static bool IOp.StopsGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (outer, along, inner) = new AxisRun(Axis, 1, true).Sizes(x[0].Shape);
        y.Data.Clear();
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                int first = o * along * inner + i;
                y[first + ArgMaxOp.First((ReadOnlySpan<T>)x[0].Data[first..], along, inner) * inner] = T.One;
            }
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) { }
}

/// <summary>Syntax of <see cref="Hondo.Ops.HardmaxOp"/>.</summary>
public static class HardmaxSyntax
{
    extension(Tensor x)
    {
        /// <summary>1 at the largest number along an axis, else 0.</summary>
        /// <param name="axis">The axis; −1 is the last.</param>
        public Tensor Hardmax(int axis = -1) => Tape.Apply(new HardmaxOp(x.Shape.Axis(axis)), x);
    }
}
