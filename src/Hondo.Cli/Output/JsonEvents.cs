using Hondo.Training;

namespace Hondo.Cli.Output;

/// <summary>A training as JSON lines: <c>start</c>, <c>epoch</c>, <c>warning</c>.</summary>
sealed class JsonEvents(TextWriter writer, TrainJob job) : Callback
{
    protected override void OnTrainBegin(TrainingRun run) => JsonLine.Write(writer, json =>
    {
        json.WriteString("event", "start");
        json.WriteString("data", job.Source.Name);
        json.WriteString("model", run.Model.ToString());
        json.WriteString("optimizer", run.Optimizer.ToString());
        json.WriteString("loss", run.Trainer.Loss.ToString());
        json.WriteNumber("epochs", run.Epochs);
        json.WriteNumber("batch", run.Trainer.BatchSize);
        json.WriteNumber("seed", run.Trainer.Seed);
        json.WriteNumber("samples", run.Data.Train.Count);
        json.WriteString("run", job.RunPath);
    });

    protected override void OnFinding(TrainingRun run, Finding finding) => JsonLine.Write(writer, json =>
    {
        json.WriteString("event", "warning");
        finding.WriteTo(json);
    });

    protected override void OnEpochEnd(TrainingRun run) => JsonLine.Write(writer, json =>
    {
        json.WriteString("event", "epoch");
        run.History[^1].WriteTo(json);
    });
}
