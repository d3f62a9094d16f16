using System.Globalization;

namespace Hondo.Insights;

/// <summary>
/// What the rules of a diagnosis see: the run, what the looked-at steps showed, what was found so far.
/// </summary>
sealed class Examination(TrainingRun run)
{
    readonly HashSet<(string Code, string? Layer)> _found = [];

    public TrainingRun Run => run;

    /// <summary>Activations and outputs of the looked-at steps.</summary>
    public ActivationProbe Activations { get; } = new();

    /// <summary>Weights, gradients and updates of the looked-at steps.</summary>
    public WeightProbe Weights { get; } = new(run.Optimizer.Slab);

    /// <summary>How many steps were looked at.</summary>
    public int Looks { get; set; }

    /// <summary>The loss of the first step: before anything was learnt.</summary>
    public double FirstLoss { get; set; } = double.NaN;

    /// <summary>The loss of the best answer that does not look at the input; NaN when unknown.</summary>
    // Of one class, or of one number for all, the best answer is always right: nothing can be compared with it.
    public double GuessLoss { get; } = NaiveBaseline.LossOf(run) is > 0 and var loss ? loss : double.NaN;

    /// <summary>What a loss must be well below to have learnt something; NaN when unknown.</summary>
    // MinNumber passes NaN over: a resumed run has not seen its first loss.
    public double Reference => double.MinNumber(GuessLoss, FirstLoss) is > 0 and var loss ? loss : double.NaN;

    /// <summary>The mean loss of the last epoch.</summary>
    public double EpochLoss => run.History[^1].Train.Loss;

    /// <summary>True when little was learnt: the loss is near that of guessing.</summary>
    public bool LearnsLittle => run.History.Count > 0 && EpochLoss > 0.5 * Reference;

    /// <summary>True after three quarters of the epochs: time to say that nothing was learnt.</summary>
    public bool IsLate => run.Epoch >= 3 && run.Epoch == run.Epochs - run.Epochs / 4;

    /// <summary>True when a finding explains why learning suffers.</summary>
    public bool HasCause { get; private set; }

    public bool IsText => run.Data.Train.Targets.Tokenizer is not null;

    /// <summary>Tells a finding, once for each layer.</summary>
    public void Report(Finding finding)
    {
        if (!_found.Add((finding.Code, finding.Layer)))
            return;
        HasCause |= finding.Severity != Severity.Note && !IsOfDataAlone(finding.Code);
        run.Warn(finding);
    }

    // A network may well learn from such data: they explain no trouble.
    static bool IsOfDataAlone(string code) =>
        code is "constant-feature" or "leaking-feature" or "unbalanced-classes" or "empty-class";

    public bool Has(string code) => _found.Any(found => found.Code == code);

    /// <summary>A layer as messages name it: <c>layer 2, Linear(64, 10)</c>.</summary>
    public Phrase NameOf(string layer) =>
        layer.Length > 0 && run.Model.Find(layer) is { } found
            ? Phrase.Of($"layer {layer}, {found}")
            : layer.Length > 0 ? Phrase.Of($"layer {layer}") : Phrase.Of($"the model");

    /// <summary>A number as sentences show it: four digits.</summary>
    public static string Show(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
