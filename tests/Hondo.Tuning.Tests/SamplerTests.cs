namespace Hondo.Tuning.Tests;

public sealed class SamplerTests
{
    static readonly FloatRange Range = new(-5, 5);

    public static TheoryData<string> Names => [.. SamplerCatalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_proposal_is_a_function_of_what_is_seen(string name)
    {
        Assert.Equal(Values(name, 1, 30), Values(name, 1, 30));
        if (name != "grid")
            Assert.NotEqual(Values(name, 1, 30), Values(name, 2, 30));
    }

    static double[] Values(string name, ulong seed, int trials) =>
        [.. Search(SamplerCatalog.Parse(name), seed, trials).SelectMany(trial => trial.Parameters.Select(one =>
            one.Value))];

    [Theory]
    [InlineData("tpe", 3)]
    [InlineData("cmaes", 3)]
    [InlineData("gp", 0.7)]
    [InlineData("coarse-to-fine", 8)]
    [InlineData("nsga2", 12)]
    public void What_learns_finds_the_middle_of_a_bowl(string name, double most)
    {
        double[] best = [.. Enumerable.Range(1, 3).Select(seed =>
            Search(SamplerCatalog.Parse(name), (ulong)seed, 60).Min(trial => trial.Values[0]))];
        Assert.True(best.Average() < most, $"{name}: {string.Join(", ", best)}");
        double[] chance = [.. Enumerable.Range(1, 3).Select(seed =>
            Search(new RandomSampler(), (ulong)seed, 60).Min(trial => trial.Values[0]))];
        Assert.True(best.Average() < chance.Average(), $"{name}: {best.Average()} by chance {chance.Average()}");
    }

    // Σ (x − 1)² in 4 dimensions, and a choice of which one is right.
    static List<TrialRecord> Search(ISampler sampler, ulong seed, int trials)
    {
        List<TrialRecord> seen = [];
        for (int number = 0; number < trials; number++)
        {
            IProposal proposal = sampler.Begin(new(seed, number, seen, [Direction.Minimize]) { Trials = trials });
            SuggestedValue[] values = [.. Enumerable.Range(0, 4).Select(i =>
                new SuggestedValue($"x{i}", Range, proposal.Next($"x{i}", Range)))];
            Assert.All(values, value => Assert.True(Range.Contains(value.Value)));
            seen.Add(new()
            {
                Number = number,
                State = TrialState.Complete,
                Parameters = values,
                Values = [values.Sum(one => (one.Value - 1) * (one.Value - 1))],
            });
        }
        return seen;
    }

    [Fact]
    public void A_conditional_space_is_searched_in_all_its_branches()
    {
        ISampler sampler = new TpeSampler();
        var kind = new ChoiceRange("near", "far");
        List<TrialRecord> seen = [];
        for (int number = 0; number < 120; number++)
        {
            IProposal proposal = sampler.Begin(new(1, number, seen, [Direction.Minimize]));
            double which = proposal.Next("kind", kind), x = proposal.Next(which == 0 ? "near.x" : "far.x", Range);
            seen.Add(new()
            {
                Number = number,
                State = TrialState.Complete,
                Parameters = [new("kind", kind, which), new(which == 0 ? "near.x" : "far.x", Range, x)],
                Values = [Math.Abs(x - 2) + which * 0.5],
            });
        }
        Assert.Contains(seen, trial => trial["far.x"] is not null);
        TrialRecord best = seen.MinBy(trial => trial.Values[0])!;
        Assert.True(best["near.x"] is { } found && Math.Abs(found - 2) < 0.4, $"{best.Values[0]}");
    }

    [Fact]
    public void Points_of_Sobol_fill_every_strip_once_in_each_of_their_dimensions()
    {
        for (int dimension = 0; dimension < SobolSampler.Dimensions; dimension++)
            Assert.Equal(Enumerable.Range(0, 64), Enumerable.Range(0, 64)
                .Select(i => (int)(64 * SobolSampler.Coordinate((uint)i, dimension, 0))).Order());
    }

    [Fact]
    public void Every_two_dimensions_of_Sobol_differ()
    {
        string[] all = [.. Enumerable.Range(0, SobolSampler.Dimensions).Select(dimension =>
            string.Join(',', Enumerable.Range(0, 64).Select(i => SobolSampler.Coordinate((uint)i, dimension, 0))))];
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void Eigenvectors_give_the_matrix_back()
    {
        double[,] a = { { 4, 1, -2 }, { 1, 3, 0.5 }, { -2, 0.5, 5 } }, b = new double[3, 3];
        double[] values = new double[3];
        Eigen.Decompose(a, b, values);
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                Assert.Equal(a[i, j], Enumerable.Range(0, 3).Sum(k => b[i, k] * values[k] * b[j, k]), 1e-12);
    }

    [Fact]
    public void The_density_of_Parzen_is_one_in_all()
    {
        var density = new ParzenEstimator([new FloatRange(0, 1)], [0.02, 0.5, 0.97], 0.2, 100);
        Assert.Equal(1, Enumerable.Range(0, 10_000).Average(i => Math.Exp(density.LogDensity([(i + 0.5) / 10_000]))),
            1e-4);
        var choices = new ParzenEstimator([new ChoiceRange("a", "b", "c")], [1 / 6.0, 1 / 6.0, 5 / 6.0], 0.2, 100);
        Assert.Equal(1, new[] { 1 / 6.0, 0.5, 5 / 6.0 }.Sum(unit => Math.Exp(choices.LogDensity([unit]))), 1e-9);
    }

    [Fact]
    public void Several_objectives_spread_over_the_front()
    {
        List<TrialRecord> seen = [];
        SamplerView view = null!;
        for (int number = 0; number < 150; number++)
        {
            view = new(1, number, seen, [Direction.Minimize, Direction.Maximize]);
            IProposal proposal = new NsgaSampler().Begin(view);
            double x = proposal.Next("x", Range), y = proposal.Next("y", Range);
            seen.Add(new()
            {
                Number = number,
                State = TrialState.Complete,
                Parameters = [new("x", Range, x), new("y", Range, y)],
                Values = [x * x + y * y, -((x - 2) * (x - 2)) - y * y],
            });
        }
        IReadOnlyList<TrialRecord> front = ParetoFront.Of(seen, view);
        Assert.True(front.Count >= 8, $"{front.Count}");
        Assert.All(front, one => Assert.DoesNotContain(seen, other => ParetoFront.Dominates(other, one, view)));
        Assert.Contains(front, trial => trial["x"] < 0.7);
        Assert.Contains(front, trial => trial["x"] > 1.3);
    }

    [Fact]
    public void A_pruned_trial_counts_as_what_it_would_probably_have_come_to()
    {
        TrialRecord Of(int number, TrialState state, params double[] course) => new()
        {
            Number = number, State = state, Values = state == TrialState.Complete ? [course[^1]] : [],
            Points = [.. course.Select((value, i) => new TrialPoint(i + 1, value))],
        };
        // The one nearest to trial 4 at step 2 gains 2, and the one nearest to trial 3 at step 1 is trial 4.
        TrialRecord[] trials = [Of(0, TrialState.Complete, 9, 7, 5), Of(1, TrialState.Complete, 9, 5, 3),
            Of(2, TrialState.Complete, 8, 6, 4), Of(3, TrialState.Pruned, 8.5), Of(4, TrialState.Pruned, 8.2, 8.1),
            Of(5, TrialState.Failed), Of(6, TrialState.Pruned, double.NaN)];
        SamplerView view = new(1, 7, trials, [Direction.Minimize]);
        Assert.Equal((double[])[5, 3, 4, 6.4, 6.1, double.PositiveInfinity, double.PositiveInfinity],
            Array.ConvertAll(Prospects.Of(trials, view), loss => Math.Round(loss, 9)));
        Assert.Equal((int[])[1, 2, 0, 4, 3, 6, 5], Array.ConvertAll(view.Ranked(), trial => trial.Number));
    }
}
