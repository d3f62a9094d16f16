using System.Globalization;
using Hondo.Models;

namespace Hondo.Training;

/// <summary>The parts of a report, one method each.</summary>
static class ReportSections
{
    static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static void Result(ReportText page, TrainingRun run)
    {
        if (run.History.Count == 0)
        {
            page.Paragraph("No epoch was finished.");
            return;
        }
        EpochRecord last = run.History[^1];
        page.Table(["part", .. last.Train.Select(value => value.Name)], (IEnumerable<string[]>)[
            ["train", .. last.Train.Select(value => ScoreText.Of(value.Value))],
            .. last.Dev is null ? [] : (string[][])[["dev", .. last.Dev.Select(value => ScoreText.Of(value.Value))]]]);
        page.Paragraph(string.Create(Plain, $"After epoch {last.Epoch} of {run.Epochs}, {run.Step:N0} steps, ")
            + string.Create(Plain, $"{run.History.Sum(epoch => epoch.Seconds):0.0} s")
            + (run.StopReason is { } reason ? $"; ended because: {reason}." : "."));
    }

    public static void Findings(ReportText page, TrainingRun run)
    {
        page.Heading("Diagnosis");
        if (run.Findings.Count == 0)
            page.Paragraph("Nothing was noticed.");
        else
            page.Table(["what was measured", "layer", "rule", "what helps"], run.Findings.Select(finding =>
                (string[])[finding.Sentence, finding.Layer ?? "", finding.Rule, finding.Remedy]));
    }

    public static void Classes(ReportText page, Answers answers)
    {
        IReadOnlyList<string> classes = answers.Data.Classes;
        page.Heading("Classes");
        page.Charts([ReportCharts.Confusion(answers.Confusion, classes, answers.Data.Name)]);
        page.Table(["class", "samples", "precision", "recall", "F1"], classes.Select((name, k) => (string[])[name,
            answers.Confusion.Actual(k).ToString("N0", Plain), ScoreText.Of(answers.Confusion.Precision(k)),
            ScoreText.Of(answers.Confusion.Recall(k)), ScoreText.Of(answers.Confusion.F1(k))]));
    }

    public static void Mistakes(ReportText page, Answers answers, IPictureFormat? format)
    {
        if (answers.Worst.Count == 0)
            return;
        page.Heading("Worst mistakes");
        IReadOnlyList<string> classes = answers.Data.Classes;
        var sample = new float[answers.Data.Sample.Size];
        bool isPicture = format is not null && answers.Data.Sample is [_, _, 1 or 3];
        List<string[]> rows = [];
        foreach (Mistake one in answers.Worst)
        {
            answers.Data.Features.CopyTo(one.Row, sample);
            string confidence = one.Confidence.ToString("P0", Plain);
            if (isPicture)
                page.Figure($"data:{format!.MediaType};base64," + Convert.ToBase64String(format.Encode(sample,
                    answers.Data.Sample[0], answers.Data.Sample[1], answers.Data.Sample[2])),
                    $"{classes[one.Truth]}, taken for {classes[one.Predicted]} ({confidence}), row {one.Row}");
            else
                rows.Add([$"{one.Row}", classes[one.Truth], classes[one.Predicted], confidence,
                    string.Join(", ", sample.Take(12).Select(value => value.ToString("G4", Plain)))]);
        }
        if (rows.Count > 0)
            page.Table(["row", "true class", "predicted", "confidence", "sample"], rows);
    }

    public static void Model(ReportText page, TrainingRun run)
    {
        page.Heading("Model");
        page.Verbatim(ModelSummary.Of(run.Model, run.Data.Train.Sample, run.Data.Train.Features.Type).ToString());
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
}
