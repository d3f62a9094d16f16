using Hondo.Training;

namespace Hondo.Cli.Output;

/// <summary>Shows what a model of text writes after each epoch.</summary>
static class SampleLines
{
    /// <summary>The callback, or null for data that is no text.</summary>
    /// <param name="job">What is trained.</param>
    /// <param name="asJson">True for a JSON line on standard output.</param>
    /// <param name="progress">Where people look, or null.</param>
    /// <param name="terminal">Has standard output.</param>
    public static TextSamples? For(TrainJob job, bool asJson, TextWriter? progress, Terminal terminal)
    {
        if (job.Source.Parts.Train.Targets.Tokenizer is null)
            return null;
        return new TextSamples((run, sample) =>
        {
            if (asJson)
                JsonLine.Write(terminal.Out, json =>
                {
                    json.WriteString("event", "sample");
                    json.WriteNumber("epoch", run.Epoch);
                    json.WriteString("text", sample);
                });
            progress?.WriteLine("    | " + sample.Trim('\n').ReplaceLineEndings("\n").Replace("\n", "\n    | ",
                StringComparison.Ordinal));
        }, file: Path.Combine(job.RunPath, "artifacts", "samples.txt"));
    }
}
