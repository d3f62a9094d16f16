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
