using System.Globalization;
using Hondo.Serialization;

namespace Hondo.Tests.Serialization;

public sealed class CatalogTests
{
    enum Mean
    {
        Macro,
        Micro,
    }

    static readonly Catalog<string> Things = new("thing",
    [
        new("Plain()", _ => "plain"),
        new("Linear(inputs, outputs, bias: true)", a => $"{a.Int("inputs")}-{a.Int("outputs")}-{a.Flag("bias")}"),
        new("Rate(value: 0.5)", a => a.Number("value") is >= 0 and <= 1 and var value
            ? value.ToString(CultureInfo.InvariantCulture)
            : throw new ArgumentOutOfRangeException("value", "A rate lies between 0 and 1.")),
        new("Score(mean: Macro, name: null)", a => $"{a.OneOf<Mean>("mean")} {(a.Has("name") ? a.Text("name") : "-")}"),
        new("Axes(axes...)", a => string.Join("x", a.Ints("axes"))),
        new("All(things...)", a => string.Join("+", a.BuildAll("things", Things!))),
        new("Then(epochs, next: Plain())", a => $"{a.Number("epochs")} then {a.Build("next", Things!)}"),
    ]);

    [Theory]
    [InlineData("Plain()", "plain")]
    [InlineData("plain", "plain")]
    [InlineData("Linear(3, 4)", "3-4-True")]
    [InlineData("Linear(3, outputs: 4, bias: false)", "3-4-False")]
    [InlineData("Linear(outputs: 4, inputs: 3)", "3-4-True")]
    [InlineData("Rate", "0.5")]
    [InlineData("Rate(1e-1)", "0.1")]
    [InlineData("Score(mean: Mean.Micro, name: \"a b\")", "Micro a b")]
    [InlineData("Score()", "Macro -")]
    [InlineData("Axes(28, 28, 1)", "28x28x1")]
    [InlineData("Axes(axes: [28, 28])", "28x28")]
    [InlineData("Axes()", "")]
    [InlineData("All(Plain(), Rate(1), All())", "plain+1+")]
    [InlineData("Then(5)", "5 then plain")]
    [InlineData("Then(5, Then(2, Rate(0)))", "5 then 2 then 0")]
    public void A_call_builds_its_thing(string text, string built) => Assert.Equal(built, Things.Parse(text));

    [Theory]
    [InlineData("All(Linaer(1, 2))", 4, "There is no thing 'Linaer'. Did you mean Linear?")]
    [InlineData("Qqqqqqqqq", 0, "Known are Plain, Linear, Rate")]
    [InlineData("All(3)", 4, "There is 3 where the thing is expected.")]
    [InlineData("All({Plain()|Rate()})", 4, "Only the tuner")]
    [InlineData("Linear(1)", 0, "Linear needs the argument outputs: Linear(inputs, outputs, bias: true).")]
    [InlineData("Linear(1, 2, true, 4)", 19, "at most 3 arguments")]
    [InlineData("Plain(1)", 6, "Plain takes no arguments.")]
    [InlineData("Linear(1, input: 2)", 17, "no argument 'input'. Did you mean inputs?")]
    [InlineData("Linear(1, inputs: 2)", 18, "inputs of Linear is given twice")]
    [InlineData("Linear(1, 2.5)", 10, "outputs of Linear must be a whole number, but is 2.5.")]
    [InlineData("Linear(1, 1e10)", 10, "must be a whole number")]
    [InlineData("Linear(1, {64|128})", 10, "only the tuner reads")]
    [InlineData("Linear(1, 2, bias: 1)", 19, "bias of Linear must be true or false, but is 1.")]
    [InlineData("Rate(\"a\")", 5, "value of Rate must be a number, but is \"a\".")]
    [InlineData("Score(Median)", 6, "must be one of Macro, Micro, but is Median.")]
    [InlineData("Axes(1, {2|3})", 8, "only the tuner reads")]
    [InlineData("All(Rate(2))", 9, "Rate: A rate lies between 0 and 1.")]
    public void A_wrong_call_is_refused_at_the_right_place(string text, int position, string problem)
    {
        var error = Assert.Throws<CallTextException>(() => Things.Parse(text));
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.Equal(position, error.Position);
    }
}
