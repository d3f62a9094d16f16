using Hondo.Models;

namespace Hondo.Training;

/// <summary>Lets a model of text write a little after each epoch: one sees what it has learned.</summary>
/// <param name="show">Told each sample.</param>
/// <param name="options">How it is written; 200 tokens when left out.</param>
/// <param name="file">A file to which the samples are added, in a folder that is made; or null.</param>
public sealed class TextSamples(Action<TrainingRun, string> show, GenerationOptions? options = null,
    string? file = null) : Callback
{
    TextGenerator? _generator;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The training part is no text.</exception>
    protected internal override void OnTrainBegin(TrainingRun run) =>
        _generator = run.Data.Train.Targets.Tokenizer is { } tokenizer
            ? new(run.Model, tokenizer, run.Data.Train.Sample.Size)
            : throw new InvalidOperationException($"TextSamples needs a text, but {run.Data.Train.Name} is none.");

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(TrainingRun run)
    {
        string sample = _generator!.Write(options ?? new() { Length = 200 });
        show(run, sample);
        if (file is null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.AppendAllText(file, $"--- epoch {run.Epoch} ---\n{sample}\n\n");
    }
}
