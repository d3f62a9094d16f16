namespace Hondo.Tuning.Tests;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("Adam(learningRate: {log 1e-4..1e-1})", "o.learningRate=log 0.0001..0.1")]
    [InlineData("mlp(hidden: [{int log 16..512}, {int 8..64}], dropout: {0.1..0.5})",
        "o.hidden[0]=int log 16..512; o.hidden[1]=int 8..64; o.dropout=0.1..0.5")]
    [InlineData("Sequential(Linear(64, {int 2..9}), Relu(), Linear({int 3..4}, 10))",
        "o.Linear[1]=int 2..9; o.Linear[0]=int 3..4")]
    [InlineData("{-0.5..0.5}", "o=-0.5..0.5")]
    [InlineData("{32|64|128}", "o=32|64|128")]
    public void Places_are_named_by_where_they_stand(string text, string places)
    {
        List<string> asked = [];
        SearchText.Parse("o", text).Fill((name, range) =>
        {
            asked.Add($"{name}={range}");
            return range.FromUnit(0);
        });
        Assert.Equal(places, string.Join("; ", asked));
    }

    [Fact]
    public void A_parameter_within_a_choice_exists_only_where_it_is_chosen()
    {
        SearchText text = SearchText.Parse("optimizer",
            "{Adam(learningRate: {log 1e-4..1e-2})|Momentum(learningRate: {0.1..0.5}, beta: {0.5|0.9})}");
        Assert.Equal("Adam(learningRate: 0.0001) <- optimizer, optimizer.Adam.learningRate", Filled(text, 0));
        Assert.Equal("Momentum(learningRate: 0.5, beta: 0.9) <- optimizer, optimizer.Momentum.learningRate, "
            + "optimizer.Momentum.beta", Filled(text, 1));
        Assert.Equal("mlp(hidden: [16])", SearchText.Parse("m", "mlp(hidden: [16{|, {int 4..8}}])").Fill((_, _) => 0));
        Assert.Equal("mlp(hidden: [16, 4])", SearchText.Parse("m", "mlp(hidden: [16{|, {int 4..8}}])")
            .Fill((name, range) => range is ChoiceRange ? 1 : 4));
    }

    static string Filled(SearchText text, double unit)
    {
        List<string> asked = [];
        string filled = text.Fill((name, range) =>
        {
            asked.Add(name);
            return range.FromUnit(unit);
        });
        return $"{filled} <- {string.Join(", ", asked)}";
    }

    [Fact]
    public void A_named_place_can_be_taken_again() => Assert.Equal("Sequential(Linear(64, 20), Relu(), Linear(20, 10))",
        SearchText.Parse("model", "Sequential(Linear(64, {width = int 16..64}), Relu(), Linear({width}, 10))")
            .Fill((name, _) => name == "model.width" ? 20 : throw new InvalidOperationException(name)));

    [Theory]
    [InlineData("Adam({log 0..1})", "must begin above 0")]
    [InlineData("Adam({3..1})", "below its second")]
    [InlineData("Adam({int 0.5..2})", "no whole number")]
    [InlineData("Adam({0.1})", "is none of")]
    [InlineData("Adam({a|a})", "must be different")]
    [InlineData("Adam({1..2)", "has no '}'")]
    [InlineData("Adam(1..2})", "has no '{'")]
    [InlineData("{n = 1..2}{n = 1..2}", "given twice")]
    [InlineData("{{{{{{{{{{{{{{{{{{a|b}|b}|b}|b}|b}|b}|b}|b}|b}|b}|b}|b}|b}|b}|b}|b}|b}|b}", "deep")]
    public void A_text_that_cannot_be_read_says_why(string text, string problem) =>
        Assert.Contains(problem, Assert.Throws<FormatException>(() => SearchText.Parse("x", text)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_grid_goes_through_every_filling_once()
    {
        var space = new SearchSpace(("model", "{a|b({0..1})}"), ("batch", "{int 1..3}"));
        Assert.Equal(3 * (1 + 4), space.CountOf(4));
        string[] all = [.. Enumerable.Range(0, 15).Select(i =>
        {
            IReadOnlyDictionary<string, double> point = space.Point(i, 4);
            return string.Join(' ', space.Fill((name, _) => point[name]).Values);
        })];
        Assert.Equal(15, all.Distinct().Count());
        Assert.Contains("b(0.3333) 2", all);
        Assert.Contains("a 3", all);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.37)]
    [InlineData(0.999)]
    public void A_value_and_its_place_belong_together(double unit)
    {
        foreach (ParameterRange range in (ParameterRange[])[new FloatRange(-2, 3), new LogRange(1e-5, 10),
            new IntRange(3, 9), new LogIntRange(1, 1000), new ChoiceRange("a", "b", "c")])
        {
            double value = range.FromUnit(unit);
            Assert.True(range.Contains(value), $"{range}: {value}");
            Assert.Equal(value, range.FromUnit(range.ToUnit(value)), 1e-12 * Math.Abs(value));
            ParameterRange again = range is ChoiceRange ? range : SearchTextReader.RangeOfText(range.ToString());
            Assert.Equal(range, again);
        }
    }

    [Theory]
    [InlineData("mlp(hidden: [{int 16..512}, {int 16..512}])", "mlp(hidden: [512, 256], dropout: 0.2)", "512 256")]
    [InlineData("mlp(hidden: [{int 4..64}], dropout: {0..0.5})", "mlp(hidden: [32, 32], dropout: 0)", "0")]
    [InlineData("Adam(learningRate: {log 1e-4..1e-1})", "Adam(learningRate: 0.001, before: [L2(0.03)])", "0.001")]
    [InlineData("Adam(learningRate: {log 1e-4..1e-1})", "Adam(learningRate: 10)", "")]
    [InlineData("Adam(learningRate: {log 1e-4..1e-1})", "Sgd(learningRate: 0.01)", "")]
    [InlineData("{|Shift(2), Flip()}", "", "0")]
    [InlineData("{32|64|128}", "64", "1")]
    public void A_filled_text_gives_its_values_back(string text, string filled, string values) => Assert.Equal(values,
        string.Join(' ', new SearchSpace(("it", text)).ValuesIn(new Dictionary<string, string> { ["it"] = filled })
            .Values.Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture))));
}
