using System.Globalization;

namespace Hondo.Insights;

/// <summary>What TensorBoard's table of hyper-parameters asks for: messages of its plugin hparams.</summary>
static class HyperParameters
{
    const string Plugin = "hparams";

    // The fields of HParamsPluginData, and words of its enumerations.
    const int Experiment = 2, SessionStart = 3, SessionEnd = 4, StringType = 1, NumberType = 3, Success = 1,
        Failure = 2;

    /// <summary>Which hyper-parameters and metrics there are.</summary>
    public static ProtoWriter Columns(TrainingRun run)
    {
        var experiment = new ProtoWriter();
        foreach ((string name, object value) in Of(run))
            experiment.Message(4, new ProtoWriter().Text(1, name).Whole(4, value is double ? NumberType : StringType));
        foreach (string part in run.Data.Dev is null ? (string[])["train"] : ["train", "dev"])
            foreach (string metric in run.Trainer.Metrics.Select(metric => metric.Name).Prepend("loss"))
                experiment.Message(5, new ProtoWriter()
                    .Message(1, new ProtoWriter().Text(1, part).Text(2, metric)).Text(3, $"{part} {metric}"));
        return SummaryValues.Plugin("_hparams_/experiment", Plugin, new ProtoWriter().Message(Experiment, experiment));
    }

    /// <summary>Those of this run.</summary>
    public static ProtoWriter Start(TrainingRun run)
    {
        var start = new ProtoWriter();
        foreach ((string name, object value) in Of(run))
            start.Message(1, new ProtoWriter().Text(1, name).Message(2, value is double number
                ? new ProtoWriter().Double(2, number) : new ProtoWriter().Text(3, (string)value)));
        return SummaryValues.Plugin("_hparams_/session_start_info", Plugin,
            new ProtoWriter().Message(SessionStart, start.Double(5, Now)));
    }

    /// <summary>How it ended.</summary>
    public static ProtoWriter End(TrainingRun run) => SummaryValues.Plugin("_hparams_/session_end_info", Plugin,
        new ProtoWriter().Message(SessionEnd, new ProtoWriter()
            .Whole(1, run.StopReason == "cancelled" ? Failure : Success).Double(2, Now)));

    static double Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;

    static IEnumerable<(string Name, object Value)> Of(TrainingRun run) =>
    [
        ("learning rate", run.Optimizer.InitialLearningRate),
        ("batch", (double)run.BatchSize),
        ("epochs", (double)run.Epochs),
        ("seed", run.Trainer.Seed.ToString(CultureInfo.InvariantCulture)),
        ("optimizer", run.Optimizer.ToString()!),
        ("schedule", run.Trainer.Schedule?.ToString() ?? "ConstantRate()"),
        ("loss", run.Trainer.Loss.ToString()!),
        ("model", run.Model.ToString()!),
    ];
}
