namespace Hondo.Tuning.Tests;

public sealed class PrunerTests
{
    [Theory]
    [InlineData("asha", typeof(AshaPruner))]
    [InlineData("ASHA(2, 4)", typeof(AshaPruner))]
    [InlineData("asha(first: 2, factor: 4)", typeof(AshaPruner))]
    [InlineData("hyperband(27)", typeof(HyperbandPruner))]
    [InlineData("median(trials: 3)", typeof(MedianPruner))]
    [InlineData("patience(4)", typeof(PatiencePruner))]
    public void Pruners_are_read_by_their_names(string text, Type type) => Assert.IsType(type,
        PrunerCatalog.Parse(text));

    [Theory]
    [InlineData("guess")]
    [InlineData("asha(0)")]
    [InlineData("asha(1, 1)")]
    [InlineData("asha(1, 2, 3)")]
    [InlineData("asha(1")]
    [InlineData("none(1)")]
    public void What_is_no_pruner_is_refused(string text) => Assert.Throws<FormatException>(() =>
        PrunerCatalog.Parse(text));

    [Fact]
    public void Halving_keeps_the_best_third_at_each_rung()
    {
        SamplerView view = ViewOf(8, Direction.Minimize);
        var pruner = new AshaPruner(1, 3);
        Assert.Equal("TTTFFFFFF", string.Concat(Enumerable.Range(0, 9).Select(i =>
            pruner.IsHopeless(view, [new(1, i - 0.5)]) ? 'F' : 'T')));
        Assert.False(pruner.IsHopeless(view, [new(2, 99)]));
        Assert.True(pruner.IsHopeless(view, [new(3, double.NaN)]));
        Assert.False(new AshaPruner(1, 3).IsHopeless(view with { Seen = [] }, [new(1, 5)]));
    }

    [Fact]
    public void The_median_parts_the_better_half_from_the_worse()
    {
        var pruner = new MedianPruner(trials: 5, steps: 0);
        Assert.False(pruner.IsHopeless(ViewOf(9, Direction.Minimize), [new(1, 3.9)]));
        Assert.True(pruner.IsHopeless(ViewOf(9, Direction.Minimize), [new(1, 4.1)]));
        Assert.True(pruner.IsHopeless(ViewOf(9, Direction.Maximize), [new(1, 3.9)]));
        Assert.False(pruner.IsHopeless(ViewOf(4, Direction.Minimize), [new(1, 99)]));
    }

    [Fact]
    public void Patience_waits_for_something_better()
    {
        var pruner = new PatiencePruner(2);
        SamplerView view = ViewOf(0, Direction.Minimize);
        Assert.False(pruner.IsHopeless(view, [new(1, 1), new(2, 2)]));
        Assert.True(pruner.IsHopeless(view, [new(1, 1), new(2, 2), new(3, 2)]));
        Assert.False(pruner.IsHopeless(view, [new(1, 1), new(2, 2), new(3, 0)]));
    }

    [Fact]
    public void Brackets_of_Hyperband_begin_later_and_later()
    {
        var pruner = new HyperbandPruner(9, 3);
        TrialRecord[] others = [.. Enumerable.Range(0, 20).Select(i => new TrialRecord
        {
            Number = i, State = TrialState.Complete, Values = [i], Points = [new(1, 0), new(3, 0), new(9, 0)],
        })];
        SamplerView first = new(1, 20, others, [Direction.Minimize]), second = first with { Number = 21 };
        Assert.True(pruner.IsHopeless(first, [new(1, 5)]));
        Assert.False(pruner.IsHopeless(second, [new(1, 5)]));
        Assert.True(pruner.IsHopeless(second, [new(3, 5)]));
    }

    // Trials with the values 0, 1, 2, … at the steps 1 and 3.
    static SamplerView ViewOf(int count, Direction direction) => new(1, count, [.. Enumerable.Range(0, count)
        .Select(i =>
        new TrialRecord { Number = i, State = TrialState.Complete, Values = [i], Points = [new(1, i), new(3, i)] })],
            [direction]);

    [Fact]
    public void Halving_compares_with_those_of_the_same_choices()
    {
        var augment = new ChoiceRange("", "Shift(2)");
        // What is augmented learns later: of 12 trials the odd ones are far behind at step 1.
        SamplerView view = new(1, 12, [.. Enumerable.Range(0, 12).Select(i => new TrialRecord
        {
            Number = i,
            State = TrialState.Pruned,
            Points = [new(1, i + i % 2 * 100)],
            Parameters = [new("augment", augment, i % 2)],
        })], [Direction.Minimize])
        { Own = [new("augment", augment, 1)] };
        Assert.False(new AshaPruner(1, 3).IsHopeless(view, [new(1, 102)]));
        Assert.True(new AshaPruner(1, 3).IsHopeless(view, [new(1, 108)]));
        Assert.True(new AshaPruner(1, 3).IsHopeless(view with { Own = [new("augment", augment, 0)] }, [new(1, 102)]));
        Assert.False(new MedianPruner(trials: 5, steps: 0).IsHopeless(view, [new(1, 104)]));
    }
}
