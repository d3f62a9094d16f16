using Hondo.Findings;
using Hondo.Training;
using Microsoft.Extensions.Logging;

namespace Hondo.Serving;

/// <summary>
/// Writes a training into the application's log: each epoch as information with its numbers as properties, what was
/// noticed as a warning with its code.
/// </summary>
/// <param name="logger">Where to.</param>
public sealed partial class LoggerCallback(ILogger logger) : Callback
{
    /// <inheritdoc/>
    protected internal override void OnTrainBegin(TrainingRun run) =>
        Begins(run.Model.Parameters.Sum(parameter => (long)parameter.Shape.Size), run.Epochs);

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(TrainingRun run)
    {
        EpochRecord epoch = run.History[^1];
        using IDisposable? scope = logger.BeginScope(
            epoch.Numbers.Select(number => KeyValuePair.Create(number.Name, (object?)number.Value)).ToArray());
        Ended(epoch.Epoch, run.Epochs, epoch.Seconds, string.Join(", ", epoch.Numbers.Select(number =>
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number.Name} {number.Value:G4}"))));
    }

    /// <inheritdoc/>
    protected internal override void OnFinding(TrainingRun run, Finding finding) =>
        Noticed(finding.Code, finding.Message);

    /// <inheritdoc/>
    protected internal override void OnWarning(TrainingRun run, string message) => Warned(message);

    /// <inheritdoc/>
    protected internal override void OnTrainEnd(TrainingRun run) =>
        Ends(run.History.Count, run.StopReason ?? "all epochs were trained");

    [LoggerMessage(1, LogLevel.Information, "Training of {Parameters} numbers begins, {Epochs} epochs")]
    partial void Begins(long parameters, int epochs);

    [LoggerMessage(2, LogLevel.Information, "Epoch {Epoch} of {Epochs} in {Seconds:F1} s: {Figures}")]
    partial void Ended(int epoch, int epochs, double seconds, string figures);

    [LoggerMessage(3, LogLevel.Warning, "{Code}: {Finding}")]
    partial void Noticed(string code, string finding);

    [LoggerMessage(4, LogLevel.Warning, "{Finding}")]
    partial void Warned(string finding);

    [LoggerMessage(5, LogLevel.Information, "Training ended after {Epochs} epochs: {Reason}")]
    partial void Ends(int epochs, string reason);
}
