using static Hondo.Insights.Examination;

namespace Hondo.Insights;

/// <summary>
/// What the errors of a careful person, of the training part and of the dev part say: bias is what training does not
/// reach, variance what is lost on samples never seen (Ng, "Machine Learning Yearning").
/// </summary>
/// <param name="HumanError">The share that cannot be helped, from 0.</param>
/// <param name="TrainError">The share of the training samples that are wrong.</param>
/// <param name="DevError">The share of the dev samples that are wrong.</param>
/// <param name="DevCount">How many dev samples there are; 0 when it does not matter.</param>
public sealed record BiasVariance(double HumanError, double TrainError, double DevError, int DevCount = 0)
{
    /// <summary>From how many hundredths apart an error is high: 0.05.</summary>
    public const double Limit = 0.05;

    const string Rule = "Bias is high when the training error is 5 points or more above the human error; variance is "
        + "high when the dev error is 5 points or more above the training error, and more than chance explains.";

    /// <summary>The rule for the squares of a regression.</summary>
    internal const string SquaresRule = "Bias is high when the training loss is 5 % or more of that of always "
        + "answering the mean (above the human error); variance is high when the dev loss is as much above the "
        + "training loss.";

    const string AgainstBias = "Against bias: a larger network (more layers or units), longer training, a better "
        + "optimizer or learning rate, another architecture.";

    const string AgainstVariance = "Against variance: more data or augmentation, regularization (L2, dropout, early "
        + "stopping), another or smaller architecture.";

    static readonly DiagnosisRule Bias = new("high-bias", Severity.Warning, Rule, AgainstBias);
    static readonly DiagnosisRule Variance = new("high-variance", Severity.Warning, Rule, AgainstVariance);
    static readonly DiagnosisRule Both = new("high-bias-and-variance", Severity.Warning, Rule,
        $"First bias, then variance. {AgainstBias} {AgainstVariance}");

    static readonly DiagnosisRule Neither = new("bias-and-variance-low", Severity.Note, Rule,
        "Nothing has to change: measure the test part once.");

    internal static IEnumerable<DiagnosisRule> Rules => [Bias, Variance, Both, Neither];

    /// <summary>True when training itself does not reach what a person does.</summary>
    public bool IsBiasHigh => Reaches(TrainError - HumanError);

    /// <summary>True when what was learnt does not hold for samples never seen.</summary>
    public bool IsVarianceHigh => Reaches(DevError - TrainError) && DevError - TrainError > Chance;

    // Two standard deviations of the error of so many samples.
    double Chance => DevCount == 0 || DevError > 1 ? 0 : 2 * Math.Sqrt(DevError * (1 - DevError) / DevCount);

    /// <summary>The verdict in words, with the remedies.</summary>
    public Finding Finding
    {
        get
        {
            DiagnosisRule rule = (IsBiasHigh, IsVarianceHigh) switch
            {
                (true, true) => Both,
                (true, false) => Bias,
                (false, true) => Variance,
                _ => Neither,
            };
            return rule.Found($"Human error {Examination.Percent(HumanError)}, training error "
                + $"{Examination.Percent(TrainError)}, dev error {Examination.Percent(DevError)}: {Words}.");
        }
    }

    /// <summary>What is high.</summary>
    internal Phrase Words => (IsBiasHigh, IsVarianceHigh) switch
    {
        (true, true) => Phrase.Of($"both bias and variance are high"),
        (true, false) => Phrase.Of($"bias is high"),
        (false, true) => Phrase.Of($"variance is high"),
        _ => Phrase.Of($"neither bias nor variance is high"),
    };

    // 0.15 − 0.1 is a little less than 0.05 in binary.
    static bool Reaches(double distance) => distance >= Limit - 1e-9;
}

/// <summary>Bias and variance after the last epoch, and labels that do not belong to their samples.</summary>
sealed class BiasVarianceRule(double humanError) : IRule
{
    const int MostSamples = 2000;

    static readonly DiagnosisRule Unrelated = new("labels-unrelated", Severity.Warning,
        "Of the training part at least half of what guessing gets wrong is right, but dev is no better than guessing.",
        "Check that labels belong to their samples (shuffled, or shifted by a row?) and that dev is made as the "
        + "training part is: the network learns its samples by heart.");

    public IEnumerable<DiagnosisRule> Finds => [Unrelated, .. BiasVariance.Rules];

    public void End(Examination e)
    {
        if (e.IsText && TextVerdict.Of(e.Run) is { } ofText)
            e.Report(ofText);
        if (e.Run.Data.Dev is not { } dev || e.Run.History[^1].Dev is not { } scores || e.IsText)
            return;
        // Those of the epoch were gathered with dropout and augmentation, and before its last updates.
        Scores train = e.Run.Trainer.Evaluate(Some(e.Run.Data.Train));
        if (ErrorOf(e, train, e.Run.Data.Train) is not { } trainError || ErrorOf(e, scores, dev) is not { } devError)
            return;
        var verdict = new BiasVariance(humanError, trainError, devError, dev.Count);
        if (dev.Targets.HasLabels)
        {
            Compare(e, trainError, devError, dev);
            e.Report(verdict.Finding);
        }
        else
            e.Report(OfRegression(verdict, e, train, scores));
    }

    static void Compare(Examination e, double train, double dev, Dataset data)
    {
        double guess = NaiveBaseline.ErrorOf(data), noise = 2 * Math.Sqrt(guess * (1 - guess) / data.Count);
        if (train < 0.5 * guess && dev > guess - noise && data.Count >= 20)
            e.Report(Unrelated.Found($"{Percent(train)} of the training samples are wrong, but "
                + $"{Percent(dev)} of dev, where always saying the most frequent class has "
                + $"{Percent(guess)}."));
    }

    static Dataset Some(Dataset train)
    {
        int[] samples = new int[Math.Min(MostSamples, train.Count)];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (int)((long)i * train.Count / samples.Length);
        return train.Part(train.Name, samples);
    }

    // Squares have no percent: a bad model may be a hundred times worse than always answering the mean.
    static Finding OfRegression(BiasVariance verdict, Examination e, Scores train, Scores dev)
    {
        Phrase sentence = $"Loss of the training part {Show(train.Loss)}, of dev {Show(dev.Loss)}, of always answering "
            + $"the mean {Show(e.GuessLoss)}: {verdict.Words}.";
        return verdict.Finding with
        {
            Sentence = sentence.English,
            Pattern = sentence,
            Rule = BiasVariance.SquaresRule,
        };
    }

    // Of a regression the share of the variance that is not explained.
    static double? ErrorOf(Examination e, Scores scores, Dataset data) =>
        data.Targets.HasLabels && scores.Has("accuracy") ? 1 - scores["accuracy"]
        : e.Run.Trainer.Loss is Losses.MeanSquaredError or Losses.HalfMeanSquaredError && e.GuessLoss > 0
            ? scores.Loss / e.GuessLoss
            : null;
}
