using System.Globalization;
using Hondo.Cli.Output;
using Hondo.Data;
using Hondo.Training;

namespace Hondo.Cli;

/// <summary>
/// <c>--dry-run</c>: one step of training, a batch of the dev part, and every file that a run writes, beside the run
/// folder and removed again. What would fail after hours fails now.
/// </summary>
static class DryRun
{
    sealed class OneStep : Callback
    {
        protected override void OnStepEnd(TrainingRun run) => run.Stop("this is a dry run");
    }

    public static int Do(TrainJob job, bool asJson, Terminal terminal, CancellationToken cancellation)
    {
        string place = job.RunPath.TrimEnd('/', '\\') + ".dry-run";
        DataSplits parts = job.Source.Parts;
        // The windows of a text follow each other: a few of them are no text.
        DataSplits few = parts.Train.Targets.Tokenizer is not null ? parts
            : parts with { Dev = parts.Dev?.Take(Math.Min(parts.Dev.Count, job.Recipe.Batch)) };
        var record = new RunRecord(Path.GetFileName(job.RunPath), "hondo train --dry-run");
        // The folder itself is not made, but it is an error now when it is taken.
        new RunFolder(job.RunPath, record, "{}", new()).Dispose();
        string parent = Path.GetDirectoryName(Path.GetFullPath(place))!;
        bool isParentNew = !Directory.Exists(parent);
        try
        {
            using var folder = new RunFolder(place, record, TrainConfig.Write(job), TrainResult.Card(job));
            Trainer trainer = job.Trainer(parts, new OneStep(), folder, new RunReport(place, new PngPictures(),
                problem => throw new IOException(problem)), new TensorBoardLog(place, new PngPictures()));
            History history = trainer.Fit(few, cancellation);
            string[] files = Directory.GetFiles(place, "*", SearchOption.AllDirectories);
            Tell(job, trainer, history[^1], files, asJson, terminal);
            return 0;
        }
        finally
        {
            if (Directory.Exists(place))
                Directory.Delete(place, recursive: true);
            if (isParentNew && Directory.Exists(parent))
                Directory.Delete(parent);
        }
    }

    static void Tell(TrainJob job, Trainer trainer, EpochRecord step, string[] files, bool asJson, Terminal terminal)
    {
        Dataset train = job.Source.Parts.Train;
        int batches = (train.Count + job.Recipe.Batch - 1) / job.Recipe.Batch;
        long steps = (long)batches * job.Recipe.Epochs, bytes = files.Sum(file => new FileInfo(file).Length);
        long parameters = trainer.Model.Parameters.Sum(parameter => (long)parameter.Shape.Size);
        if (asJson)
        {
            JsonLine.Write(terminal.Out, json =>
            {
                json.WriteString("event", "dry-run");
                json.Write("train", step.Train);
                if (step.Dev is not null)
                    json.Write("dev", step.Dev);
                json.WriteNumber("epochs", job.Recipe.Epochs);
                json.WriteNumber("steps", steps);
                json.WriteNumber("parameters", parameters);
                json.WriteString("run", job.RunPath);
            });
            return;
        }
        string dev = step.Dev is null ? "" : $"; of a dev batch {step.Dev.Loss.ToString("0.####", Culture)}";
        string plan = $"{Wrapping.Count(job.Recipe.Epochs, "epoch")} of {Wrapping.Count(batches, "step")}: "
            + Wrapping.Count(steps, "step");
        terminal.Out.WriteLine(string.Create(Culture, $"""
            A dry run: one step went well, and nothing is left behind.
            data   {job.Source.Name}: {train.Count:N0} training samples {train.Sample}
            model  {job.Recipe.Model}: {parameters:N0} parameters
            plan   {plan} of {job.Recipe.Batch} samples
            how    {job.Recipe.Optimizer}, {job.Recipe.Schedule}, {job.Recipe.Loss}
            step   loss {step.Train.Loss:0.####}{dev}
            files  {files.Length} of {bytes / 1024.0:N0} KiB, which {job.RunPath} would hold
            """));
    }

    static CultureInfo Culture => CultureInfo.InvariantCulture;
}
