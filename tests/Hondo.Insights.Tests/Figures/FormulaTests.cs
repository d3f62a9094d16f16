using Hondo.Tensors;

namespace Hondo.Insights.Tests;

public sealed class FormulaTests
{
    static double Value(string text, double x = 3, double y = 2) => Formula.Parse(text).Compute(
        new Dictionary<string, Tensor> { ["x"] = Tensor.Scalar(x), ["y"] = Tensor.Scalar(y) }).Item;

    [Theory]
    [InlineData("x + y * 2", 7)]
    [InlineData("(x + y) * 2", 10)]
    [InlineData("x - y - 1", 0)]
    [InlineData("x / y / 2", 0.75)]
    [InlineData("-x^2", -9)]
    [InlineData("2^y^x", 256)]
    [InlineData("x*-y", -6)]
    [InlineData("q = x + y; q * q", 25)]
    [InlineData("relu(-x) + exp(0) + tanh(0) + sigmoid(0) + sqrt(y + 2)", 3.5)]
    [InlineData(" 1.5*x ", 4.5)]
    public void Formulas_are_computed_as_they_are_written(string text, double expected) =>
        Assert.Equal(expected, Value(text), 1e-12);

    // Fundamentals 4.9: q = 3, f = −12, ∂f/∂x = ∂f/∂y = −4, ∂f/∂z = 3.
    [Theory]
    [InlineData("(x + y) * z")]
    [InlineData("q = x + y; f = q * z")]
    public void A_graph_has_the_names_and_gradients_of_the_course(string text) => Assert.Equal(
        """
        x = -2    gradient -4
        y = 5    gradient -4
        q = Add(x, y) = 3    gradient -4
        z = -4    gradient 3
        f = Mul(q, z) = -12    gradient 1

        """, Figures.Graph(Formula.Parse(text),
            new Dictionary<string, double> { ["x"] = -2, ["y"] = 5, ["z"] = -4 }).ToString());

    [Theory]
    [InlineData("x +", "expected")]
    [InlineData("(x", "a ) is missing")]
    [InlineData("x y", "operator")]
    [InlineData("foo(x)", "no function foo")]
    [InlineData("1.2.3", "no number")]
    [InlineData("x = x + 1", "has a value")]
    [InlineData("q = 1; q = 2", "has a value")]
    [InlineData("", "expected")]
    public void What_is_no_formula_is_refused(string text, string part)
    {
        string message = Assert.Throws<FormatException>(() => Formula.Parse(text)).Message;
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.Contains("Write it as", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_brackets_are_refused_before_the_stack_ends() => Assert.Contains("100 deep",
        Assert.Throws<FormatException>(() => Formula.Parse(new string('(', 100_000))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_variable_without_a_value_is_named() => Assert.Contains("add y=1", Assert.Throws<ArgumentException>(
        () => Formula.Parse("x * y").Compute(new Dictionary<string, Tensor> { ["x"] = Tensor.Scalar(1.0) })).Message,
        StringComparison.Ordinal);
}
