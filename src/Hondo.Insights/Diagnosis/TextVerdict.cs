namespace Hondo.Insights;

/// <summary>
/// Bias and variance of a model of text, in shares of the bits that guessing by frequency needs. A person needs about
/// 1.3 bits for a character of English (Shannon 1951, "Prediction and Entropy of Printed English").
/// </summary>
static class TextVerdict
{
    const double HumanBits = 1.3;
    const string Bits = "bits per character";
    const int MostWindows = 2000;

    const string Rule = "Bias is high when the bits per character of the training part are above a person's 1.3 by 5 "
        + "points or more of those of guessing by frequency; variance is high when dev is as much above training.";

    /// <summary>The verdict after the last epoch; null without a dev part.</summary>
    public static Finding? Of(TrainingRun run)
    {
        EpochRecord last = run.History[^1];
        if (last.Dev is not { } scores || !scores.Has(Bits) || run.Data.Train.Features is not TokenWindows windows)
            return null;
        // Gathered with dropout those of the training part are too many: without it they are at most those of dev.
        double dev = scores[Bits], train = Math.Min(last.Train[Bits], dev);
        double guess = Entropy(windows) / Math.Log(2) * (dev * Math.Log(2) / scores.Loss);
        if (!(guess > HumanBits))
            return null;
        var verdict = new BiasVariance(HumanBits / guess, train / guess, dev / guess);
        Phrase sentence = $"Bits per character: a person about {HumanBits}, training {train:0.00}, dev {dev:0.00}, "
            + $"guessing by frequency {guess:0.00}: {verdict.Words}.";
        return verdict.Finding with { Sentence = sentence.English, Pattern = sentence, Rule = Rule };
    }

    // Of the tokens of some windows, in nats.
    static double Entropy(TokenWindows windows)
    {
        Dictionary<int, int> counts = [];
        var window = new int[windows.Sample.Size];
        int every = (windows.Count + MostWindows - 1) / MostWindows, all = 0;
        for (int row = 0; row < windows.Count; row += every, all += window.Length)
        {
            windows.CopyInputs(row, window);
            foreach (int token in window)
                counts[token] = counts.GetValueOrDefault(token) + 1;
        }
        return -counts.Values.Sum(count => (double)count / all * Math.Log((double)count / all));
    }
}
