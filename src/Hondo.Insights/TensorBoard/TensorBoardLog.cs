using System.Diagnostics;

namespace Hondo.Insights;

/// <summary>
/// Writes event files that TensorBoard shows: in <c>train/</c> and <c>dev/</c> the curves, weights and gradients as
/// histograms; beside them the graph of the layers, summary and findings as texts, hyper-parameters, and for
/// classifiers the confusion matrix and the worst mistakes as pictures. A file that cannot be written harms nothing.
/// </summary>
/// <param name="folder">Where; <c>tensorboard --logdir</c> takes it, or the folder above it.</param>
/// <param name="pictures">Makes pictures; without it there are none.</param>
public sealed class TensorBoardLog(string folder, IPictureFormat? pictures = null) : Callback, IResumable
{
    const int PointsPerEpoch = 50, MostHistograms = 30, MostParameters = 16;

    static readonly TimeSpan BetweenFlushes = TimeSpan.FromSeconds(2);

    readonly EventFile _run = new(folder), _train = new(Path.Combine(folder, "train")),
        _dev = new(Path.Combine(folder, "dev"));

    readonly List<StepPoint> _waiting = new(2 * PointsPerEpoch);
    long _flushed = Stopwatch.GetTimestamp();
    bool _hasBegun, _hasGraph, _hasProblem;
    int _findings;
    TrainingRun? _current;

    IEnumerable<(string Name, EventFile File)> Files => [("run", _run), ("train", _train), ("dev", _dev)];

    /// <inheritdoc/>
    protected internal override void OnTrainBegin(TrainingRun run) =>
        (_hasBegun, _hasGraph, _hasProblem, _findings, _current) = (false, false, false, 0, run);

    /// <inheritdoc/>
    protected internal override void OnEpochBegin(TrainingRun run)
    {
        if (_hasBegun)
            return;
        _hasBegun = true;
        _run.Add(0, HyperParameters.Columns(run));
        _run.Add(0, HyperParameters.Start(run));
        string summary = ModelSummary.Of(run.Model, run.Data.Train.Sample, run.Data.Train.Features.Type).ToString();
        // Four spaces make a line of Markdown stay as it is.
        _run.Add(0, SummaryValues.Text("model", "    " + summary.ReplaceLineEndings("\n    ")));
    }

    /// <inheritdoc/>
    protected internal override void OnStepEnd(TrainingRun run)
    {
        if (!_hasGraph)
            _run.AddGraph(LayerGraph.Of(run));
        _hasGraph = true;
        if (run.StepInEpoch % Math.Max(1, run.StepsPerEpoch / PointsPerEpoch) != 0)
            return;
        _waiting.Add(StepPoint.Of(run));
        FlushWhenDue();
    }

    void AddPoints()
    {
        foreach (StepPoint point in _waiting)
        {
            _train.Add(point.Step, SummaryValues.Scalar("step loss", point.Loss), point.Time);
            _train.Add(point.Step, SummaryValues.Scalar("learning rate", point.LearningRate), point.Time);
        }
        _waiting.Clear();
    }

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(TrainingRun run)
    {
        AddPoints();
        AddScores(_train, run.Step, run.History[^1].Train);
        if (run.History[^1].Dev is { } dev)
            AddScores(_dev, run.Step, dev);
        int stride = (run.Epochs + MostHistograms - 1) / MostHistograms;
        if ((run.Epoch - 1) % stride == 0 || run.Epoch == run.Epochs)
            AddHistograms(run);
        AddFindings(run);
        FlushWhenDue();
    }

    static void AddScores(EventFile file, long step, Scores scores)
    {
        foreach ((string name, double value) in scores)
            file.Add(step, SummaryValues.Scalar(name, value));
    }

    void AddHistograms(TrainingRun run)
    {
        Parameter[] all = [.. run.Optimizer.Slab.Parameters.Where(parameter => parameter.DType == DType.Float32)];
        int count = Math.Min(all.Length, MostParameters);
        for (int i = 0; i < count; i++)
        {
            Parameter parameter = all[i * all.Length / count];
            string name = parameter.Name.Replace('.', '/');
            Add(SummaryValues.Counts($"weights/{name}", Histogram.Of(Reservoir.Of(parameter.Leaf.Value))));
            Add(SummaryValues.Counts($"gradients/{name}", Histogram.Of(Reservoir.Of(parameter.Leaf.Gradient))));
        }

        void Add(ProtoWriter? summary)
        {
            if (summary is not null)
                _train.Add(run.Step, summary);
        }
    }

    void AddFindings(TrainingRun run)
    {
        for (; _findings < run.Findings.Count; _findings++)
            _run.Add(run.Step, SummaryValues.Text($"findings/{run.Findings[_findings].Code}",
                run.Findings[_findings].Message));
    }

    /// <inheritdoc/>
    protected internal override void OnTrainEnd(TrainingRun run)
    {
        AddFindings(run);
        if (pictures is not null && run.History.Count > 0 && Predictions.Of(run) is { } predictions)
        {
            _run.Add(run.Step, PredictionPictures.Confusion(predictions, pictures));
            if (PredictionPictures.Mistakes(predictions, pictures) is { } mistakes)
                _run.Add(run.Step, mistakes);
        }
        _run.Add(run.Step, HyperParameters.End(run));
        Flush();
    }

    void FlushWhenDue()
    {
        if (Stopwatch.GetElapsedTime(_flushed) >= BetweenFlushes)
            Flush();
    }

    void Flush()
    {
        AddPoints();
        try
        {
            foreach ((_, EventFile file) in Files)
                file.Flush();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            bool isFirst = !_hasProblem;
            _hasProblem = true;
            if (isFirst)
                _current!.Warn($"The event files for TensorBoard cannot be written: {error.Message} Training goes on.");
        }
        _flushed = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc/>
    public void Save(RunState state)
    {
        Flush();
        state.Set("place", [_hasBegun ? 1 : 0, _hasGraph ? 1 : 0]);
        foreach ((string name, EventFile file) in Files)
        {
            state.Of(name).Set("name", file.Name);
            state.Of(name).Set("length", file.Length);
        }
    }

    /// <inheritdoc/>
    public void Load(TrainingRun run, RunState state)
    {
        double[] place = state.Numbers("place", 2);
        (_hasBegun, _hasGraph) = (place[0] != 0, place[1] != 0);
        foreach ((string name, EventFile file) in Files)
            file.GoOn(state.Of(name).Text("name"), state.Of(name).Whole("length"));
    }
}
