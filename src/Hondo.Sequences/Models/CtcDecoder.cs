using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Models;

/// <summary>
/// Reads labels from the log-probabilities of a network that was trained by the CTC loss, one sequence
/// <c>[time, classes]</c> at a time (Graves et al. 2006): repeated labels become one, blanks vanish.
/// </summary>
public static class CtcDecoder
{
    /// <summary>The labels of the likeliest class at every step: quick, and right when the network is sure.</summary>
    /// <param name="logProbabilities">The log-softmax of one sequence, [time, classes].</param>
    /// <param name="blank">The class that says nothing.</param>
    /// <exception cref="ShapeException">It is no single sequence with that blank.</exception>
    public static int[] Greedy(Tensor logProbabilities, int blank = 0)
    {
        (double[] logs, int classes) = Checked(logProbabilities, blank);
        List<int> labels = [];
        int last = blank;
        for (int at = 0; at < logs.Length; at += classes)
        {
            int best = 0;
            for (int c = 1; c < classes; c++)
                if (logs[at + c] > logs[at + best])
                    best = c;
            if (best != blank && best != last)
                labels.Add(best);
            last = best;
        }
        return [.. labels];
    }

    /// <summary>
    /// The likeliest labels, which may have many alignments of which none is the likeliest: a search that keeps the
    /// best beginnings (prefix beam search, Hannun et al. 2014, arXiv:1408.2873).
    /// </summary>
    /// <param name="logProbabilities">The log-softmax of one sequence, [time, classes].</param>
    /// <param name="beams">Beginnings kept at every step, from 1.</param>
    /// <param name="blank">The class that says nothing.</param>
    /// <returns>Label sequences with the logarithm of their probability, the likeliest first.</returns>
    /// <exception cref="ShapeException">It is no single sequence with that blank.</exception>
    public static IReadOnlyList<(int[] Labels, double Log)> Search(Tensor logProbabilities, int beams = 16,
        int blank = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(beams, 1);
        (double[] logs, int classes) = Checked(logProbabilities, blank);
        var prefixes = new CtcPrefixes(blank);
        for (int at = 0; at < logs.Length; at += classes)
            prefixes.Step(logs.AsSpan(at, classes), beams);
        return prefixes.All();
    }

    static (double[] Logs, int Classes) Checked(Tensor x, int blank)
    {
        if (x.Shape is not [_, var classes] || (uint)blank >= (uint)classes)
            throw new ShapeException($"Decoding needs the log-probabilities of one sequence [time, classes] and a "
                + $"blank among the classes, but got {x.Shape} and blank {blank}.");
        return (x.ToArray<double>(), classes);
    }
}

/// <summary>The beginnings of label sequences that a search keeps, each with the probability of all its alignments: of
/// those that end with a blank and of those that do not.</summary>
sealed class CtcPrefixes(int blank)
{
    // A beginning is a node of a tree: what stands before its last label is its parent.
    readonly List<(int Parent, int Label)> _nodes = [(-1, -1)];
    readonly Dictionary<(int Parent, int Label), int> _places = [];
    Dictionary<int, (double Blank, double Label)> _kept = new() { [0] = (0, double.NegativeInfinity) };
    Dictionary<int, (double Blank, double Label)> _next = [];

    /// <summary>Goes on by one step, whose log-probabilities are given.</summary>
    public void Step(ReadOnlySpan<double> logs, int beams)
    {
        _next.Clear();
        foreach ((int prefix, (double ofBlank, double ofLabel)) in _kept)
        {
            double whole = Sum(ofBlank, ofLabel);
            int last = _nodes[prefix].Label;
            Add(prefix, whole + logs[blank], double.NegativeInfinity);
            for (int label = 0; label < logs.Length; label++)
                if (label == last)
                {
                    // The same label again is the same one held, unless a blank came between.
                    Add(prefix, double.NegativeInfinity, ofLabel + logs[label]);
                    Add(Child(prefix, label), double.NegativeInfinity, ofBlank + logs[label]);
                }
                else if (label != blank)
                    Add(Child(prefix, label), double.NegativeInfinity, whole + logs[label]);
        }
        (_kept, _next) = (Best(beams), _kept);
    }

    /// <summary>What is kept, the likeliest first.</summary>
    public IReadOnlyList<(int[] Labels, double Log)> All() => [.. _kept
        .Select(prefix => (Labels: LabelsOf(prefix.Key), Log: Sum(prefix.Value.Blank, prefix.Value.Label)))
        .OrderByDescending(prefix => prefix.Log)];

    Dictionary<int, (double Blank, double Label)> Best(int beams) => _next
        .OrderByDescending(prefix => Sum(prefix.Value.Blank, prefix.Value.Label)).ThenBy(prefix => prefix.Key)
        .Take(beams).ToDictionary();

    void Add(int prefix, double ofBlank, double ofLabel)
    {
        (double Blank, double Label) old = _next.GetValueOrDefault(prefix,
            (double.NegativeInfinity, double.NegativeInfinity));
        _next[prefix] = (Sum(old.Blank, ofBlank), Sum(old.Label, ofLabel));
    }

    int Child(int parent, int label)
    {
        if (_places.TryGetValue((parent, label), out int place))
            return place;
        _nodes.Add((parent, label));
        return _places[(parent, label)] = _nodes.Count - 1;
    }

    int[] LabelsOf(int prefix)
    {
        List<int> labels = [];
        for (int node = prefix; node > 0; node = _nodes[node].Parent)
            labels.Add(_nodes[node].Label);
        labels.Reverse();
        return [.. labels];
    }

    // ln(eᵃ + eᵇ)
    static double Sum(double a, double b)
    {
        (double less, double more) = a < b ? (a, b) : (b, a);
        return double.IsNegativeInfinity(less) ? more
            : more + PortableMath.Log(1 + PortableMath.Exp(less - more));
    }
}
