using System.Globalization;
using System.Text.Json;

namespace Hondo.Insights;

/// <summary>The parts of a report, one method each.</summary>
static class ReportSections
{
    const int MostNumbers = 12, MostAnswers = 6;

    static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static void Failure(ReportText page, TrainingRun run, string error)
    {
        page.Heading(string.Create(Plain, $"Failed in step {run.Step + 1:N0}, epoch {Math.Max(1, run.Epoch)}"));
        page.Paragraph(error);
    }

    // What was kept is what is used: its numbers are those of the terminal, the lists and the dashboard.
    public static void Result(ReportText page, TrainingRun run)
    {
        if (run.History.Count == 0)
        {
            page.Paragraph("No epoch was finished.");
            return;
        }
        EpochRecord last = run.History[^1];
        int best = run.Trainer.Callbacks.OfType<RunFolder>().FirstOrDefault()?.BestEpoch ?? 0;
        EpochRecord kept = best > 0 ? run.History[best - 1] : last;
        // A person who pressed Ctrl-C does not wait for it.
        Scores? test = run.Data.Test is { } part && run.StopReason != "cancelled" ? run.Trainer.Evaluate(part) : null;
        (string, Scores?)[] parts = [("train", kept.Train), ("dev", kept.Dev), ("test", test)];
        page.Table([string.Create(Plain, $"epoch {kept.Epoch}"), .. kept.Train.Select(value => value.Name)],
            parts.Where(one => one.Item2 is not null).Select(one =>
                (string[])[one.Item1, .. one.Item2!.Select(value => ScoreText.Of(value.Value))]));
        page.Paragraph(string.Create(Plain, $"After epoch {last.Epoch} of {run.Epochs}, {run.Step:N0} steps, ")
            + string.Create(Plain, $"{run.History.Sum(epoch => epoch.Seconds):0.0} s")
            + (run.StopReason is { } reason ? $"; ended because: {reason}." : ".")
            + (best > 0 ? $" The model that is kept, and these numbers, are of epoch {best}." : ""));
    }

    public static void Findings(ReportText page, TrainingRun run)
    {
        page.Heading("Diagnosis");
        if (run.Findings.Count == 0)
            page.Paragraph("Nothing was noticed.");
        else
            page.Table(["what was measured", "layer", "rule", "what helps"], run.Findings.Select(finding =>
                page.Language == FigureLanguage.Spanish && finding.Spanish is { } spanish
                    ? (string[])[spanish.Sentence, finding.Layer ?? "", spanish.Rule, spanish.Remedy]
                    : [finding.Sentence, finding.Layer ?? "", finding.Rule, finding.Remedy]));
    }

    public static void Classes(ReportText page, Predictions predictions)
    {
        IReadOnlyList<string> classes = predictions.Data.Classes;
        page.Heading("Classes");
        page.Beside(() =>
        {
            page.Charts([ReportCharts.Confusion(predictions.Confusion, classes, predictions.Data.Name)]);
            page.Table(["class", "samples", "precision", "recall", "F1"], classes.Select((name, k) => (string[])[name,
                predictions.Confusion.Actual(k).ToString("N0", Plain), ScoreText.Of(predictions.Confusion.Precision(k)),
                ScoreText.Of(predictions.Confusion.Recall(k)), ScoreText.Of(predictions.Confusion.F1(k))]));
        });
    }

    public static void Predictions(ReportText page, Residuals residuals)
    {
        page.Heading("Predictions");
        page.Charts(residuals.Charts());
        page.Heading("Worst residuals");
        page.Table(["row", "target", "true", "predicted", "difference", "sample"], residuals.Worst.Select(one =>
            (string[])[$"{one.Row}", residuals.Targets.Names[one.Output], Axis.Number(one.Truth),
                Axis.Number(one.Predicted), Axis.Number(one.Error), Sample(residuals.Data, one.Row)]));
    }

    // The first numbers of a row, with their names where they have any.
    static string Sample(Dataset data, int row)
    {
        var sample = new float[data.Sample.Size];
        data.Features.CopyTo(row, sample);
        return string.Join(", ", sample.Take(MostNumbers).Select((value, i) =>
            (data.Features.Names.Count > 0 ? $"{data.Features.NameOf(i)} " : "") + Axis.Number(value)));
    }

    public static void Mistakes(ReportText page, Predictions predictions, IPictureFormat? format)
    {
        if (predictions.Worst.Count == 0)
            return;
        page.Heading("Worst mistakes");
        IReadOnlyList<string> classes = predictions.Data.Classes;
        var sample = new float[predictions.Data.Sample.Size];
        bool isPicture = format is not null && predictions.Data.Sample is [_, _, 1 or 3];
        List<string[]> rows = [];
        foreach (Mistake one in predictions.Worst)
        {
            predictions.Data.Features.CopyTo(one.Row, sample);
            string confidence = one.Confidence.ToString("P0", Plain);
            if (isPicture)
                page.Figure($"data:{format!.MediaType};base64," + Convert.ToBase64String(format.Encode(sample,
                    predictions.Data.Sample[0], predictions.Data.Sample[1], predictions.Data.Sample[2])),
                    page.Say($"{classes[one.Truth]}, taken for {classes[one.Predicted]} ({confidence}), "
                        + $"row {one.Row}"));
            else
                rows.Add([$"{one.Row}", classes[one.Truth], classes[one.Predicted], confidence,
                    Sample(predictions.Data, one.Row)]);
        }
        if (rows.Count > 0)
            page.Table(["row", "true class", "predicted", "confidence", "sample"], rows);
    }

    /// <summary>Some pictures with what is to be said drawn over them, each beside what the model says.</summary>
    public static void Answers(ReportText page, TrainingRun run, IPictureFormat? format)
    {
        Dataset part = run.Data.Test ?? run.Data.Dev ?? run.Data.Train;
        if (format is null || run.History.Count == 0 || part.Sample is not [var height, var width, 1 or 3]
            || !part.Targets.Draw(new float[height * width * 3], part.Row(0), []))
            return;
        page.Heading("Answers");
        Dataset few = part.Take(MostAnswers);
        var batches = new Batches(few, new()
        {
            Size = 1,
            Order = BatchOrder.AsStored,
            Normalization = run.Trainer.Normalization,
        });
        Tape tape = run.Trainer.TakeTape();
        foreach (Batch batch in batches.Epoch(0))
        {
            using var step = tape.Open(new(Mode.Inference, 1, 0));
            int row = batch.Rows[0];
            Draw("the truth", row, []);
            Draw("the answer", row, run.Model.Forward(batch.Inputs).ToArray<float>());
        }
        run.Trainer.GiveBack(tape);

        void Draw(string what, int row, ReadOnlySpan<float> output)
        {
            float[] picture = Coloured(part, row);
            part.Targets.Draw(picture, row, output);
            page.Figure($"data:{format!.MediaType};base64,"
                + Convert.ToBase64String(format.Encode(picture, height, width, 3)), $"{what}, row {row}");
        }
    }

    // The picture of a row in three colours.
    static float[] Coloured(Dataset data, int row)
    {
        var sample = new float[data.Sample.Size];
        data.Features.CopyTo(row, sample);
        int channels = data.Sample[^1];
        return [.. Enumerable.Range(0, sample.Length / channels * 3)
            .Select(i => Math.Clamp(sample[i / 3 * channels + i % 3 % channels], 0, 1))];
    }

    public static void Model(ReportText page, TrainingRun run, string origin)
    {
        page.Heading("Model");
        if (origin.Length > 0)
            page.Paragraph(origin);
        string summary = ModelSummary.Of(run.Model, run.Data.Train.Sample, run.Data.Train.Features.Type).ToString();
        page.Verbatim(page.Language == FigureLanguage.Spanish
            ? string.Join('\n', summary.Split('\n').Select(SpanishText.Line)) : summary);
    }

    /// <summary>A file of the run folder as it stands there; none of it when there is no such file.</summary>
    public static void File(ReportText page, string heading, string path, int mostCharacters)
    {
        if (!System.IO.File.Exists(path))
            return;
        string text = System.IO.File.ReadAllText(path);
        page.Heading(heading);
        page.Verbatim(text.Length <= mostCharacters ? text : "…" + text[^mostCharacters..]);
    }

    /// <summary>What run.json says: the command, and where it ran.</summary>
    public static void Environment(ReportText page, string path)
    {
        if (!System.IO.File.Exists(path))
            return;
        using var json = JsonDocument.Parse(System.IO.File.ReadAllBytes(path));
        List<string[]> rows = [];
        foreach (JsonProperty one in json.RootElement.EnumerateObject())
            if (one.Name == "command")
            {
                page.Heading("The command that repeats this run");
                page.Verbatim(RepeatingCommand.Of($"{one.Value}"));
                page.Paragraph("It gives the same bits on any machine, with any number of threads. It is given here "
                    + "without the folder: a run never overwrites another.");
            }
            else if (one.Value.ValueKind == JsonValueKind.Object)
                rows.AddRange(one.Value.EnumerateObject().Select(inner =>
                    (string[])[page.Say(inner.Name), $"{inner.Value}"]));
            else if (one.Name is not "status" and not "ended")
                rows.Add([page.Say(one.Name), $"{one.Value}"]);
        page.Heading("Environment");
        page.Table(["what", "value"], rows);
    }
}
