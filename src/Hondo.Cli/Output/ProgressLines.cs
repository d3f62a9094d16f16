using System.Globalization;
using Hondo.Cli.Localization;
using Hondo.Training;

namespace Hondo.Cli.Output;

/// <summary>
/// One line for each epoch, in Keras's form: <c>Epoch 3/10  469/469  4.1 s  loss 0.0471  accuracy 0.9853  …</c>
/// </summary>
/// <param name="writer">Where to.</param>
/// <param name="width">Columns of the terminal.</param>
/// <param name="hasColour">True when words may be coloured.</param>
/// <param name="folder">Knows the best epoch, for people; null for programs, who read every line alike.</param>
sealed class ProgressLines(TextWriter writer, Func<int> width, bool hasColour = false, RunFolder? folder = null)
    : Callback
{
    /// <summary>Lines as they are piped.</summary>
    public ProgressLines(TextWriter writer) : this(writer, () => int.MaxValue) { }

    bool _hasEnded;

    protected override void OnTrainBegin(TrainingRun run) => _hasEnded = false;

    protected override void OnLastStep(TrainingRun run) => _hasEnded = true;

    // An error ends the training, and is told then; what is found at the end stands in the diagnosis below.
    protected override void OnFinding(TrainingRun run, Finding finding)
    {
        if (finding.Severity == Severity.Error || _hasEnded)
            return;
        string kind = finding.Severity == Severity.Note ? "note" : "warning";
        string message = finding.Message;
        bool isForPeople = folder is not null || writer is SpanishWriter;
        if (isForPeople && Language.IsSpanish(null) && finding.Spanish is { } spanish)
            (kind, message) = (kind == "note" ? "nota" : "aviso", spanish.Message);
        string text = Wrapping.Hanging(PlainText.Said($"{kind}: {message}"), width(), 2);
        int colour = finding.Severity == Severity.Note ? 36 : 33;
        writer.WriteLine(hasColour ? $"\x1b[{colour}m{text[..kind.Length]}\x1b[0m{text[kind.Length..]}" : text);
    }

    // When every callback has seen the epoch it is known whether it is the best.
    protected override void OnEpochEnd(TrainingRun run)
    {
        if (folder is null)
            writer.WriteLine(Of(run));
        else
            run.Afterwards(run => writer.WriteLine(Wrapping.Pieces(
                [.. PiecesOf(run), folder.BestEpoch == run.Epoch ? Best : ""], width())));
    }

    string Best => hasColour ? $"\x1b[32m{Language.Say("best", "mejor")}\x1b[0m" : Language.Say("best", "mejor");

    /// <summary>The line of the epoch that has just ended.</summary>
    public static string Of(TrainingRun run) => string.Join("  ", PiecesOf(run));

    static IEnumerable<string> PiecesOf(TrainingRun run)
    {
        EpochRecord epoch = run.History[^1];
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"Epoch {epoch.Epoch}/{run.Epochs}"),
            string.Create(CultureInfo.InvariantCulture, $"{run.StepInEpoch}/{run.StepsPerEpoch}"),
            string.Create(CultureInfo.InvariantCulture, $"{epoch.Seconds:0.0} s"),
            .. epoch.Train.Select(value => $"{value.Name} {ScoreText.Of(value.Value)}"),
            .. epoch.Dev?.Select(value => $"dev {value.Name} {ScoreText.Of(value.Value)}") ?? [],
        ];
    }
}
