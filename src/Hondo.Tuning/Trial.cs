using System.Globalization;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Tuning;

/// <summary>One try: what is tried asks it for values, tells it how it goes, and may be told to give up.</summary>
/// <example><code>
/// double rate = trial.LogFloat("rate", 1e-4, 1e-1);
/// int width = trial.Int("width", 16, 256);
/// trial.Report(epoch, loss);
/// </code></example>
public sealed class Trial
{
    readonly IProposal _proposal;
    readonly IReadOnlyDictionary<string, double> _fixed;
    readonly List<SuggestedValue> _parameters = [];
    readonly Dictionary<string, SuggestedValue> _byName = [];
    readonly Func<int, double, bool> _report;
    readonly Action<string, string> _note;

    internal Trial(int number, ulong studySeed, IProposal proposal, IReadOnlyDictionary<string, double> given,
        Func<int, double, bool> report, Action<string, string> note, string purpose)
    {
        (Number, _proposal, _fixed, _report, _note) = (number, proposal, given, report, note);
        (Random, Purpose) = (new(studySeed, RandomStream.Of("trial"), number), purpose);
    }

    /// <summary>Its number, from 0.</summary>
    public int Number { get; }

    /// <summary>Random numbers that are a function of the study's seed and this trial's number.</summary>
    public Philox Random { get; }

    /// <summary>
    /// What it is for: empty for the search, else <c>confirm 12</c>: trial 12 again, with another seed.
    /// </summary>
    public string Purpose { get; }

    /// <summary>True when the usual settings are to be tried, without any value of the search.</summary>
    public bool IsBaseline => Purpose == Confirmation.Baseline;

    /// <summary>True for a trial that confirms after the search, which is to have a seed of its own.</summary>
    public bool HasFreshSeed => Purpose.Length > 0 && Purpose != Study.ByHand;

    /// <summary>What was asked for so far.</summary>
    public IReadOnlyList<SuggestedValue> Parameters => _parameters;

    /// <summary>True when the pruner has said that it is not worth going on.</summary>
    public bool IsPruned { get; private set; }

    /// <summary>A number from low to high.</summary>
    public double Float(string name, double low, double high) => Suggest(name, new FloatRange(low, high));

    /// <summary>A number from low to high whose logarithm matters: a learning rate.</summary>
    public double LogFloat(string name, double low, double high) => Suggest(name, new LogRange(low, high));

    /// <summary>A whole number from low to high.</summary>
    public int Int(string name, int low, int high) => (int)Suggest(name, new IntRange(low, high));

    /// <summary>A whole number from low to high whose logarithm matters: the width of a layer.</summary>
    public int LogInt(string name, int low, int high) => (int)Suggest(name, new LogIntRange(low, high));

    /// <summary>One of several things, without an order.</summary>
    public T Choice<T>(string name, params IReadOnlyList<T> options) =>
        options[(int)Suggest(name, new ChoiceRange([.. options.Select(option =>
            Convert.ToString(option, CultureInfo.InvariantCulture) ?? "")]))];

    /// <summary>The value of a parameter; asked for again it is the same.</summary>
    /// <exception cref="ArgumentException">It was asked for with another range before.</exception>
    public double Suggest(string name, ParameterRange range)
    {
        if (_byName.TryGetValue(name, out SuggestedValue known))
            return known.Range.Equals(range) ? known.Value : throw new ArgumentException($"Trial {Number} asks for "
                + $"{name} in {{{range}}}, but it has it in {{{known.Range}}} already.", nameof(range));
        double value = _fixed.TryGetValue(name, out double given) && range.Contains(given)
            ? given : _proposal.Next(name, range);
        var suggested = new SuggestedValue(name, range, value);
        _byName.Add(name, suggested);
        _parameters.Add(suggested);
        return value;
    }

    /// <summary>Tells how it goes, and lets the pruner look.</summary>
    /// <param name="step">How far it is, from 1, in what the pruner counts: epochs.</param>
    /// <param name="value">The first objective as it is now; NaN for diverged.</param>
    /// <returns>False when the pruner says that it is not worth going on.</returns>
    public bool Report(int step, double value) => !(IsPruned |= !_report(step, value));

    /// <summary>Ends the trial when the pruner has said that it is not worth going on.</summary>
    /// <exception cref="TrialPrunedException">It has.</exception>
    public void ThrowIfPruned()
    {
        if (IsPruned)
            throw new TrialPrunedException($"Trial {Number} was not worth going on.");
    }

    /// <summary>Keeps a text with the trial: a run folder, a finding.</summary>
    public void Note(string name, string text) => _note(name, text);
}

/// <summary>A parameter, where it may be, and what a trial got.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Range">Where it may be.</param>
/// <param name="Value">What the trial got; of a choice its place.</param>
public readonly record struct SuggestedValue(string Name, ParameterRange Range, double Value)
{
    /// <summary>The value as a text has it.</summary>
    public string Text => Range.Text(Value);
}

/// <summary>What is tried ends itself: it is not worth going on.</summary>
public sealed class TrialPrunedException : Exception
{
    /// <summary>Says why.</summary>
    public TrialPrunedException(string message) : base(message) { }

    /// <summary>Without a reason.</summary>
    public TrialPrunedException() : base("The trial was not worth going on.") { }

    /// <summary>Says why, and from what it came.</summary>
    public TrialPrunedException(string message, Exception inner) : base(message, inner) { }
}
