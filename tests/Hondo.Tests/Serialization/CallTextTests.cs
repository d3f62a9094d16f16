using Hondo.Serialization;

namespace Hondo.Tests.Serialization;

public sealed class CallTextTests
{
    [Theory]
    [InlineData("Relu()")]
    [InlineData("Linear(784, 10, bias: false)")]
    [InlineData("Sequential(Linear(784, 64), Relu(), Linear(64, 10))")]
    [InlineData("MultiStepDecay([30, 60.5, 1E-05], factor: -0.1)")]
    [InlineData("A([], [[1], [2, [3]]], \"a \\\"quoted\\\" \\\\ \\n line\", true, null)")]
    [InlineData("Linear({64|128}, 10, activation: {Relu()|Tanh()})")]
    [InlineData("char-rnn(hidden: 128)")]
    [InlineData("Average.Macro")]
    public void A_text_reads_back_as_it_was_written(string text) =>
        Assert.Equal(text, CallText.Parse(text).ToString());

    [Fact]
    public void Space_between_parts_does_not_matter() =>
        Assert.Equal("F(1, [2, 3], a: G({4|5}))", CallText.Parse(" F ( 1 ,\n[2,3],a :G( { 4|5 } ) )\t").ToString());

    [Fact]
    public void Numbers_are_read_with_a_point_in_any_culture()
    {
        var number = Assert.IsType<Term.Number>(CallText.Parse("-1.5e-3"));
        Assert.Equal(-0.0015, number.Value);
    }

    [Theory]
    [InlineData("", 0, "ends where a value")]
    [InlineData("Linear(", 7, "ends where a value")]
    [InlineData("Linear(1", 6, "')' is missing")]
    [InlineData("Linear(1 2)", 9, "comma or ')'")]
    [InlineData("Linear(1,)", 9, "but there is ')'")]
    [InlineData("Linear(1))", 9, "after the end")]
    [InlineData("F(a: 1, 2)", 8, "without a name follows 'a:'")]
    [InlineData("F(1.2.3)", 2, "'1.2.3' is not a number")]
    [InlineData("F(1e999)", 2, "is not a number")]
    [InlineData("F(3px)", 2, "'3px' is not a number")]
    [InlineData("F(\"open)", 2, "has no end")]
    [InlineData("F(\"\\q\")", 4, "After a backslash")]
    [InlineData("F([1, 2)", 7, "']' is expected")]
    [InlineData("F({1|2)", 6, "'}' is expected")]
    [InlineData("F(@)", 2, "there is '@'")]
    public void A_malformed_text_is_refused_at_the_right_place(string text, int position, string problem)
    {
        var error = Assert.Throws<CallTextException>(() => CallText.Parse(text));
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.Equal(position == 6 && text == "Linear(1" ? 0 : position, error.Position);
    }

    [Fact]
    public void The_message_shows_the_place_with_a_caret()
    {
        var error = Assert.Throws<CallTextException>(() => CallText.Parse("Relu(\n)!"));
        string[] lines = error.Message.Split('\n');
        Assert.Equal("  Relu( )!", lines[1]);
        Assert.Equal("         ^", lines[2]);
    }

    [Fact]
    public void The_caret_of_a_long_text_stands_below_the_right_character()
    {
        string text = new string('a', 500) + "(@" + new string('b', 500);
        string[] lines = Assert.Throws<CallTextException>(() => CallText.Parse(text)).Message.Split('\n');
        Assert.Equal('@', lines[1][lines[2].IndexOf('^', StringComparison.Ordinal)]);
        Assert.All(lines, line => Assert.True(line.Length <= 100));
    }

    [Fact]
    public void Deep_nesting_is_an_error_and_not_a_crash()
    {
        string deep = string.Concat(Enumerable.Repeat("F(", 100_000));
        Assert.Contains("deep", Assert.Throws<CallTextException>(() => CallText.Parse(deep)).Message,
            StringComparison.Ordinal);
        int most = CallText.MaxDepth - 1;
        CallText.Parse(string.Concat(Enumerable.Repeat("F(", most)) + "1" + new string(')', most));
    }

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        const string Alphabet = "aF1.-e\"\\()[]{}|,: @";
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(random.GetItems<char>(Alphabet, random.Next(20)));
            try
            {
                string printed = CallText.Parse(text).ToString()!;
                Assert.Equal(printed, CallText.Parse(printed).ToString());
            }
            catch (CallTextException error)
            {
                Assert.InRange(error.Position, 0, text.Length);
            }
        }
    }
}
