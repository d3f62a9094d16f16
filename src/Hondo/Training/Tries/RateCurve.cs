using System.Globalization;
using System.Text;

namespace Hondo.Training;

/// <summary>What <see cref="RateFinder"/> found: the loss of each step beside its learning rate.</summary>
public sealed class RateCurve
{
    /// <summary>How much of the past stays in the smoothed losses.</summary>
    internal const double Smoothing = 0.9;

    // The first steps are noise, and the last ones the explosion itself.
    const int First = 5;

    internal RateCurve(IReadOnlyList<double> rates, IReadOnlyList<double> losses)
    {
        (Rates, Losses) = (rates, losses);
        Smoothed = Smooth(losses);
        Suggestion = Steepest() is { } place ? rates[place] : null;
    }

    /// <summary>The learning rates, rising.</summary>
    public IReadOnlyList<double> Rates { get; }

    /// <summary>The loss of the batch of each step, before its update.</summary>
    public IReadOnlyList<double> Losses { get; }

    /// <summary>The losses, as a moving average of about ten steps.</summary>
    public IReadOnlyList<double> Smoothed { get; }

    /// <summary>The rate at which the smoothed loss falls steepest; null when it never falls.</summary>
    public double? Suggestion { get; }

    /// <summary>One row for each step, with a header.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder("learning rate,loss,smoothed\n");
        for (int i = 0; i < Rates.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{Rates[i]:R},{Losses[i]:R},{Smoothed[i]:R}\n");
        return text.ToString();
    }

    /// <summary>What was found, in a sentence.</summary>
    public override string ToString()
    {
        string tried = string.Create(CultureInfo.InvariantCulture,
            $"{Rates.Count} learning rates from {Rates[0]:g3} to {Rates[^1]:g3} were tried");
        if (Suggestion is not { } rate)
            return $"{tried}, and the loss fell at none: does the model fit the data? See --overfit-batch.";
        int least = IndexOfLeast();
        return string.Create(CultureInfo.InvariantCulture,
            $"{tried}: the loss falls steepest at {rate:g2} and is least at {Rates[least]:g2}. "
            + $"Take {rate:g2}, or a little less.");
    }

    // s ← w·s + (1 − w)·y, divided by 1 − wᵗ so that its start is not drawn towards 0 (Kingma and Ba 2014, section 3).
    static double[] Smooth(IReadOnlyList<double> losses)
    {
        double sum = 0, weight = 0;
        var smooth = new double[losses.Count];
        for (int i = 0; i < smooth.Length; i++)
        {
            sum = Smoothing * sum + (1 - Smoothing) * losses[i];
            weight = Smoothing * weight + (1 - Smoothing);
            smooth[i] = sum / weight;
        }
        return smooth;
    }

    int IndexOfLeast()
    {
        int least = 0;
        for (int i = 0; i < Smoothed.Count; i++)
            if (Smoothed[i] < Smoothed[least])
                least = i;
        return least;
    }

    // Rates grow by one factor from step to step: differences of neighbours are slopes over the logarithm of the rate.
    int? Steepest()
    {
        int? best = null;
        // What falls less than this is rounding.
        double most = -1e-5 * Math.Abs(Smoothed[0]);
        for (int i = First; i < Math.Min(IndexOfLeast(), Smoothed.Count - 1); i++)
        {
            double slope = (Smoothed[i + 1] - Smoothed[i - 1]) / 2;
            if (slope < most)
                (best, most) = (i, slope);
        }
        return best;
    }
}
