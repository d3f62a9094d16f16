using System.Globalization;
using System.Text;

namespace Hondo.Insights;

/// <summary>
/// Writes what a training was into its run folder: report.html, one page that needs nothing beside it, and in
/// artifacts/ its charts as files. Give it to the trainer after the <see cref="RunFolder"/>, whose best model it
/// describes. A part of the report that cannot be made says so and harms no other; the training is never harmed.
/// </summary>
/// <param name="folder">The run folder.</param>
/// <param name="pictures">Makes pictures of samples; without it there are none.</param>
/// <param name="tell">Told why the report could not be written.</param>
public sealed class RunReport(string folder, IPictureFormat? pictures = null, Action<string>? tell = null) : Callback
{
    const int MostSampleText = 4000;

    readonly Distributions _distributions = new();
    readonly StepCourse _course = new();
    readonly Dictionary<string, string> _files = [];
    TrainingRun? _run;

    /// <summary>What the model had learned before, as a sentence; empty for one that began anew.</summary>
    public string Origin { get; init; } = "";

    /// <summary>The language of the page.</summary>
    public FigureLanguage Language { get; init; }

    /// <summary>Where the page is.</summary>
    public string Path => At("report.html");

    string At(params ReadOnlySpan<string> names) => System.IO.Path.Combine([folder, .. names]);

    /// <inheritdoc/>
    protected internal override void OnTrainBegin(TrainingRun run) => _run = run;

    /// <inheritdoc/>
    protected internal override void OnStepEnd(TrainingRun run) => _course.Add(run);

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(TrainingRun run) => _distributions.Add(run);

    /// <inheritdoc/>
    protected internal override void OnTrainEnd(TrainingRun run) => Write();

    /// <summary>Writes the report of what is known so far: also after an error that ended the training.</summary>
    /// <param name="error">The error, with which the page opens; null without one.</param>
    public void Write(string? error = null)
    {
        if (_run is null)
            return;
        try
        {
            Directory.CreateDirectory(At("artifacts"));
            _files.Clear();
            _files[Path] = ReportPage.Write(
                System.IO.Path.GetFileName(folder.TrimEnd('/', '\\')), Body(_run, error), Language);
            // The disk is waited for once, not once for each file.
            Task.WhenAll(_files.Select(file => Task.Run(() => DurableFile.WriteText(file.Key, file.Value))))
                .GetAwaiter().GetResult();
        }
        // The model is worth more than its report: whatever goes wrong here ends here.
        catch (Exception problem)
        {
            tell?.Invoke($"The report {Path} could not be written: {problem.Message}");
        }
    }

    string Body(TrainingRun run, string? error)
    {
        var page = new ReportText(Language);
        if (error is not null)
            Try("failure", () => ReportSections.Failure(page, run, error));
        Try("result", () => ReportSections.Result(page, run));
        Try("diagnosis", () => ReportSections.Findings(page, run));
        Try("curves", () => Curves(page, run));
        Try("classes", () => Classes(page, run));
        Try("answers over pictures", () => ReportSections.Answers(page, run, pictures));
        Try("coefficients", () => Coefficients.Write(page, run));
        Try("predictions", () => PredictedNumbers(page, run));
        Try("model", () => ReportSections.Model(page, run, Origin));
        Try("distributions", () => Spread(page));
        Try("samples", () => ReportSections.File(page, "What the model wrote", At("artifacts", "samples.txt"),
            MostSampleText));
        Try("options", () => ReportSections.File(page, "Options", At("config.json"), 10_000));
        Try("environment", () => ReportSections.Environment(page, At("run.json")));
        return page.ToString();

        void Try(string what, Action write)
        {
            try
            {
                write();
            }
            catch (Exception problem)
            {
                page.Paragraph($"The part '{what}' could not be made: {problem.Message}");
            }
        }
    }

    void Curves(ReportText page, TrainingRun run)
    {
        // One epoch is a point: its steps are the curve.
        LineChart[] charts = [.. ReportCharts.Curves(run.History),
            .. ((LineChart?[])[_course.Loss, _course.Rate]).OfType<LineChart>()];
        if (charts.Length == 0)
            return;
        page.Heading("Curves");
        page.Charts(charts);
        foreach (LineChart chart in charts)
            _files[At("artifacts", chart.Title.ToLowerInvariant().Replace(' ', '-') + ".svg")] = chart.ToSvg();
    }

    void Classes(ReportText page, TrainingRun run)
    {
        if (run.History.Count == 0 || Predictions.Of(run) is not { } predictions)
            return;
        ReportSections.Classes(page, predictions);
        ReportSections.Mistakes(page, predictions, pictures);
        IReadOnlyList<string> classes = predictions.Data.Classes;
        _files[At("artifacts", "confusion.svg")] =
            ReportCharts.Confusion(predictions.Confusion, classes, predictions.Data.Name).ToSvg();
        var csv = new StringBuilder("true class").AppendJoin("", classes.Select(name => "," + Quoted(name)));
        for (int truth = 0; truth < classes.Count; truth++)
            csv.Append('\n').Append(Quoted(classes[truth])).AppendJoin("", Enumerable.Range(0, classes.Count)
                .Select(predicted => string.Create(CultureInfo.InvariantCulture,
                    $",{predictions.Confusion[truth, predicted]}")));
        _files[At("artifacts", "confusion.csv")] = csv.Append('\n').ToString();
    }

    static void PredictedNumbers(ReportText page, TrainingRun run)
    {
        if (run.History.Count > 0 && Residuals.Of(run) is { } residuals)
            ReportSections.Predictions(page, residuals);
    }

    void Spread(ReportText page)
    {
        Chart[] charts = [.. _distributions.Charts()];
        if (charts.Length == 0)
            return;
        page.Heading("Weights and gradients over time");
        page.Charts(charts);
    }

    static string Quoted(string name) => name.AsSpan().ContainsAny(",\"\n\r")
        ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : name;
}
