using Hondo.Autograd;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Autograd;

public sealed class GradientTests
{
    // Fundamentals 4.10: f(x, y) = x²y + y, ∇f = [2xy, x² + 1].
    [Fact]
    public void The_gradient_of_a_function_of_named_variables_has_its_names()
    {
        NamedGradient gradient = Gradient.Of(v => v["x"] * v["x"] * v["y"] + v["y"], ("x", 1.0), ("y", 1.0));
        Assert.Equal((2, 2, 2), (gradient["x"], gradient["y"], gradient.Value));
        Assert.Equal("∇f = [x: 2, y: 2]", gradient.ToString());
        gradient = Gradient.Of(v => v["x"] * v["x"] * v["y"] + v["y"], ("x", 3.0), ("y", -2.0));
        Assert.Equal((-12, 10), (gradient["x"], gradient["y"]));
    }

    [Fact]
    public void An_unknown_variable_is_named_with_the_known_ones()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => Gradient.Of(v => v["z"], ("x", 1.0)));
        Assert.Contains("no variable 'z': the function was given x", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Second_derivatives_come_from_exact_first_ones()
    {
        // f = x₀²x₁ + x₁³ at (2, 3): [[2x₁, 2x₀], [2x₀, 6x₁]].
        double[,] hessian = Gradient.Hessian(x =>
        {
            Tensor cube = x * x * x;
            return (cube * Tensor.Of([0.0, 2])).Mean() + (x * x * Tensor.Of([3.0, 0])).Mean() * Tensor.Scalar(2.0);
        }, Tensor.Of([2.0, 3]));
        Assert.Equal(6, hessian[0, 0], 1e-7);
        Assert.Equal(0, hessian[0, 1], 1e-7);
        Assert.Equal(18, hessian[1, 1], 1e-7);
    }

    [Fact]
    public void A_right_gradient_passes_and_a_wrong_sign_is_found_with_its_place()
    {
        Tensor a = Tensor.Of([0.5, -1.5, 2]), b = Tensor.Of([1.0, 0.3, -0.7]);
        Assert.True(Gradient.Check(x => x[0] * x[1], a, b).IsWithin(1e-8));
        GradientReport report = Gradient.Check(x => Tape.Apply(new WrongProduct(), x[0], x[1]), a, b);
        Assert.False(report.IsWithin(1e-2));
        Assert.StartsWith("input 1 [", report.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_is_checked_by_its_input_and_every_parameter()
    {
        GradientReport report = Gradient.Check(new Hondo.Layers.Linear(3, 2),
            Tensor.Of([0.1, -0.2, 0.3, 1, 2, 3], [2, 3]));
        Assert.Equal(6 + 6 + 2, report.Checked);
        Assert.True(report.IsWithin(1e-8), report.ToString());
    }

    [Fact]
    public void Single_precision_is_refused_with_the_mend() => Assert.Contains("make it of doubles",
        Assert.Throws<ArgumentException>(() => Gradient.Check(x => x, Tensor.Of([1f]))).Message,
            StringComparison.Ordinal);

    readonly record struct WrongProduct : IOp
    {
        static string IOp.Name => "WrongProduct";

        Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

        void IOp.Forward<T>(Operands<T> x, View<T> y)
        {
            for (int i = 0; i < y.Length; i++)
                y[i] = x[0][i] * x[1][i];
        }

        void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
        {
            for (int i = 0; i < dy.Length; i++)
            {
                dx[0][i] += dy[i] * x[1][i];
                dx[1][i] -= dy[i] * x[0][i];
            }
        }
    }
}
