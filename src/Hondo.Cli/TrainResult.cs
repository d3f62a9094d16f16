using System.Globalization;
using System.Text.Json;
using Hondo.Cli.Output;
using Hondo.Data;
using Hondo.Losses;
using Hondo.Models;
using Hondo.Serialization;
using Hondo.Training;
using Hondo.Transfer;

namespace Hondo.Cli;

/// <summary>What a training gave: the scores of the best epoch, and those of the test part.</summary>
sealed record TrainResult(EpochRecord Best, Scores? Test, History History, Trainer Trainer, RunFolder Folder,
    string Hash)
{
    /// <summary>Measures the best model on the test part, and writes the figures into its file.</summary>
    public static TrainResult Of(Trainer trainer, History history, RunFolder folder, TrainJob job)
    {
        EpochRecord best = history[folder.BestEpoch - 1];
        Scores? test = job.Source.Parts.Test is { } data ? trainer.Evaluate(data) : null;
        Dictionary<string, double> figures = [];
        foreach ((string part, Scores? scores) in ((string, Scores?)[])[("dev", best.Dev), ("test", test)])
            foreach ((string name, double value) in scores?.AsEnumerable() ?? [])
                figures[$"{part} {name}"] = value;
        folder.Finish(figures);
        return new(best, test, history, trainer, folder, ModelHash.Of(trainer.Model));
    }

    /// <summary>What the saved model says about itself.</summary>
    public static ModelCard Card(TrainJob job)
    {
        DataSplits parts = job.Source.Parts;
        IDictionary<string, string> extra = new Dictionary<string, string>();
        if (job.Source.Schema is { } schema)
            extra["schema"] = schema.ToText();
        if (job.From is { } from)
            extra[TransferNetwork.TransferredEntry] = from.ToString();
        if (job.Recipe.Augment.Length > 0)
            extra["augment"] = job.Recipe.Augment;
        if (parts.Train.Targets.Tokenizer is { } tokenizer)
            extra.Add(TextGenerator.CardEntry(tokenizer));
        return new()
        {
            InputShape = parts.Train.Sample,
            // The tokens of a text are in its tokenizer.
            ClassNames = parts.Train.Targets.Tokenizer is not null ? [] : parts.Train.Classes,
            DatasetName = job.Source.Name,
            Loss = job.Recipe.Loss,
            Normalization = job.Normalization?.ToText() ?? "",
            Extra = extra.AsReadOnly(),
        };
    }

    double Seconds => History.Sum(epoch => epoch.Seconds);

    double SamplesPerSecond => History.Sum(epoch => epoch.Train.Samples) / Seconds;

    long Parameters => Trainer.Model.Parameters.Sum(parameter => (long)parameter.Shape.Size);

    /// <summary>The properties of the last JSON line.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("event", "result");
        json.Write("train", Best.Train);
        if (Best.Dev is not null)
            json.Write("dev", Best.Dev);
        if (Test is not null)
            json.Write("test", Test);
        json.WriteNumber("epochs", History.Count);
        json.WriteNumber("bestEpoch", Best.Epoch);
        json.WriteNumber("seconds", Math.Round(Seconds, 3));
        json.WriteNumber("samplesPerSecond", Math.Round(SamplesPerSecond));
        json.WriteNumber("parameters", Parameters);
        if (History.StopReason is { } reason)
            json.WriteString("stopReason", reason);
        json.WriteString("run", Folder.Path);
        json.WriteString("modelHash", Hash);
        json.WriteStartArray("findings");
        foreach (Finding finding in History.Findings)
            json.WriteStringValue(finding.Code);
        json.WriteEndArray();
    }

    /// <summary>The number to go by, of the model that is kept: of the test part, else dev, else training.</summary>
    public string Headline
    {
        get
        {
            (string part, Scores scores) = Test is { } test ? ("test ", test)
                : Best.Dev is { } dev ? ("dev ", dev) : ("", Best.Train);
            return scores.Has("accuracy")
                ? string.Create(CultureInfo.InvariantCulture, $"{part}accuracy {100 * scores["accuracy"]:0.0#} %")
                : $"{part}loss {ScoreText.Of(scores.Loss)}";
        }
    }

    /// <summary>A few lines for people.</summary>
    public void WriteTo(TextWriter writer, int width = int.MaxValue)
    {
        string unit = Trainer.Loss is TokenCrossEntropy ? "token" : "sample";
        writer.WriteLine(Wrapping.Count(History.Count, "epoch") + FormattableString.Invariant(
            $" in {Seconds:0.0} s, {SamplesPerSecond:N0} {unit}s/s; best epoch {Best.Epoch}"));
        if (History.StopReason is { } reason)
            writer.WriteLine($"It ended early: {reason}."
                + (Trainer.Callbacks.OfType<Patience>().Any(patience => patience.HasEnded) ? ""
                    : $" Go on with: hondo train --resume {Folder.Path}"));
        if (Best.Dev is not null)
            writer.WriteLine($"dev   {Best.Dev}");
        if (Test is not null)
            writer.WriteLine($"test  {Test}");
        DiagnosisText.Write(History.Findings, writer, width);
        writer.WriteLine($"The model is in {Folder.BestModel}");
        writer.WriteLine($"{(unit == "token" ? "Let it write with: hondo generate" : "Look at it with: hondo info")} "
            + Folder.Path);
    }
}
