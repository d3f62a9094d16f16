using System.Globalization;
using System.Text.RegularExpressions;

namespace Hondo.Tuning;

/// <summary>Says whether a trial is worth going on: a function of its own course and of the trials that it may see.
/// </summary>
public interface IPruner
{
    /// <summary>True when the trial is to end after its last point.</summary>
    /// <param name="view">What it may see.</param>
    /// <param name="own">Its course so far, the last point being new.</param>
    bool IsHopeless(SamplerView view, IReadOnlyList<TrialPoint> own);
}

/// <summary>The pruners by their names, as a command line gives them: <c>asha</c>, <c>asha(1, 4)</c>, <c>median</c>.
/// </summary>
public static partial class PrunerCatalog
{
    /// <summary>What there is.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["none", "asha(first: 1, factor: 4)", "hyperband(most: 27, factor: 3)", "median(trials: 5, steps: 1)",
            "patience(steps: 5)"];

    /// <summary>The pruner of a text; null for none.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static IPruner? Parse(string text)
    {
        Match match = Call().Match(text);
        int[] n = [.. match.Groups["n"].Captures.Select(one => int.Parse(one.Value, CultureInfo.InvariantCulture))];
        try
        {
            return (match.Success ? match.Groups["name"].Value.ToLowerInvariant() : "", n) switch
            {
                ("none", []) => null,
                ("asha", []) => new AshaPruner(),
                ("asha", [var first]) => new AshaPruner(first),
                ("asha", [var first, var factor]) => new AshaPruner(first, factor),
                ("hyperband", []) => new HyperbandPruner(),
                ("hyperband", [var most]) => new HyperbandPruner(most),
                ("hyperband", [var most, var factor]) => new HyperbandPruner(most, factor),
                ("median", []) => new MedianPruner(),
                ("median", [var trials]) => new MedianPruner(trials),
                ("median", [var trials, var steps]) => new MedianPruner(trials, steps),
                ("patience", []) => new PatiencePruner(),
                ("patience", [var steps]) => new PatiencePruner(steps),
                _ => throw new FormatException($"There is no pruner '{text}': choose one of "
                    + $"{string.Join(", ", Names)}."),
            };
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new FormatException($"The pruner '{text}' cannot be: {error.Message.Split(" (Parameter")[0]}", error);
        }
    }

    [GeneratedRegex(@"^(?<name>\w+)\s*(\(\s*(([A-Za-z]+\s*:\s*)?(?<n>\d{1,9})\s*(,\s*(?=[\w]))?)*\))?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Call();
}

/// <summary>
/// Successive halving without waiting (Li et al. 2018, arXiv:1810.05934): at the steps first, first·factor,
/// first·factor², … a trial goes on only among the best 1/factor of those that came so far, if there are few choices of
/// those with the same ones: what is augmented learns later, and more.
/// </summary>
public sealed class AshaPruner(int first = 1, int factor = 4) : IPruner
{
    readonly int _first = first >= 1 ? first : throw new ArgumentOutOfRangeException(nameof(first),
        "the first step is 1 or more.");
    readonly int _factor = factor >= 2 ? factor : throw new ArgumentOutOfRangeException(nameof(factor),
        "the factor is 2 or more.");

    /// <inheritdoc/>
    public bool IsHopeless(SamplerView view, IReadOnlyList<TrialPoint> own) =>
        IsRung(own[^1].Step) && IsHopeless(view, own[^1]);

    bool IsRung(int step)
    {
        long rung = _first;
        while (rung < step)
            rung *= _factor;
        return rung == step;
    }

    // Of those that got so far, itself included, it is not among the best.
    bool IsHopeless(SamplerView view, TrialPoint point)
    {
        double loss = view.Loss(point.Value);
        if (double.IsPositiveInfinity(loss))
            return true;
        double[] peers = [.. view.Peers.SelectMany(trial => trial.Points)
            .Where(other => other.Step == point.Step).Select(other => view.Loss(other.Value))];
        int better = peers.Count(other => other < loss);
        return better >= Math.Max(1, (peers.Length + 1) / _factor);
    }
}

/// <summary>
/// Hyperband (Li et al. 2016, arXiv:1603.06560): trials go by turns into brackets whose <see cref="AshaPruner"/> begins
/// later and later, so that what learns slowly at first is not always lost.
/// </summary>
public sealed class HyperbandPruner : IPruner
{
    readonly int _brackets, _factor;

    /// <summary>Brackets for trials of so many steps at most.</summary>
    public HyperbandPruner(int most = 27, int factor = 3)
    {
        if (most < 1 || factor < 2)
            throw new ArgumentOutOfRangeException(nameof(most),
                $"hyperband needs 1 step or more ({most}) and a factor of 2 or more ({factor}).");
        _factor = factor;
        for (long step = 1; step < most; step *= factor)
            _brackets++;
        _brackets = Math.Max(1, _brackets);
    }

    /// <inheritdoc/>
    public bool IsHopeless(SamplerView view, IReadOnlyList<TrialPoint> own)
    {
        int bracket = view.Number % _brackets, first = 1;
        for (int i = 0; i < bracket; i++)
            first *= _factor;
        SamplerView same = view with { Seen = [.. view.Seen.Where(trial => trial.Number % _brackets == bracket)] };
        return new AshaPruner(first, _factor).IsHopeless(same, own);
    }
}

/// <summary>Gives up what is at its best worse than the median of the others at the same step (Golovin et al. 2017).
/// </summary>
public sealed class MedianPruner(int trials = 5, int steps = 1) : IPruner
{
    /// <inheritdoc/>
    public bool IsHopeless(SamplerView view, IReadOnlyList<TrialPoint> own)
    {
        TrialPoint last = own[^1];
        if (last.Step <= steps)
            return double.IsNaN(last.Value);
        double[] others = [.. view.Peers.SelectMany(trial => trial.Points).Where(point => point.Step == last.Step)
            .Select(point => view.Loss(point.Value)).Order()];
        double best = own.Min(point => view.Loss(point.Value));
        return double.IsNaN(last.Value) || (others.Length >= trials && best > others[others.Length / 2]);
    }
}

/// <summary>Gives up what has not got better for some steps.</summary>
public sealed class PatiencePruner(int steps = 5) : IPruner
{
    /// <inheritdoc/>
    public bool IsHopeless(SamplerView view, IReadOnlyList<TrialPoint> own)
    {
        TrialPoint best = own.MinBy(point => view.Loss(point.Value));
        return double.IsNaN(own[^1].Value) || own[^1].Step - best.Step >= steps;
    }
}
