using System.Diagnostics;
using System.Globalization;
using Hondo.Data;
using Hondo.Findings;
using Hondo.Layers;
using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>Where a training stands: what callbacks look at, and where they ask it to stop.</summary>
public sealed class TrainingRun
{
    readonly long _start = Stopwatch.GetTimestamp();
    readonly List<Finding> _findings = [];
    readonly string _settings;
    bool _hasBegun;
    long _epochStart;
    double _lossSum, _earlier, _earlierInEpoch;

    internal TrainingRun(Trainer trainer, DataSplits data, Batches batches)
    {
        (Trainer, Data, StepsPerEpoch, BatchSize, Memory, History.Findings) = (trainer, data, batches.Count,
            batches.Options.Size, batches.MemoryFor(trainer.Model), _findings);
        // What must be the same for a run to go on to the same bits; a schedule may move the momentum later.
        _settings = string.Create(CultureInfo.InvariantCulture, $"seed {trainer.Seed}, {data.Train.Count} samples in "
            + $"batches of {BatchSize}, {trainer.Accumulate} for an update, {trainer.Loss}, ")
            + string.Join(", ", trainer.Optimizers.Select(optimizer => optimizer
                + string.Concat(optimizer.Groups.Select(group => $"; {group}"))));
        Moments = new(this);
    }

    /// <summary>Who trains.</summary>
    public Trainer Trainer { get; }

    /// <summary>The model.</summary>
    public Layer Model => Trainer.Model;

    /// <summary>The optimizer; its <see cref="Optimizer.LearningRate"/> is the one in force.</summary>
    public Optimizer Optimizer => Trainer.Optimizer;

    /// <summary>The parts of the data.</summary>
    public DataSplits Data { get; }

    /// <summary>The epochs done.</summary>
    public History History { get; } = new();

    /// <summary>The epoch that runs or has just ended, counted from 1; 0 before the first.</summary>
    public int Epoch { get; private set; }

    /// <summary>How many epochs are planned.</summary>
    public int Epochs => Trainer.Epochs;

    /// <summary>Samples a batch; of a text as many as it has streams.</summary>
    internal int BatchSize { get; }

    /// <summary>What the model knows between the windows of a text; null for other data.</summary>
    internal RecurrentState? Memory { get; }

    /// <summary>Batches done since training began.</summary>
    public long Step { get; private set; }

    /// <summary>Batches done in this epoch.</summary>
    public int StepInEpoch { get; private set; }

    /// <summary>How many batches an epoch has.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>The loss of the last batch.</summary>
    public double StepLoss { get; private set; }

    /// <summary>The mean loss of a sample in this epoch so far.</summary>
    public double MeanLoss => _lossSum / Samples;

    /// <summary>Samples done in this epoch; of a text its tokens.</summary>
    public int Samples { get; private set; }

    /// <summary>Time spent on this training, that before a pause included.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start) + TimeSpan.FromSeconds(_earlier);

    /// <summary>What was noticed and is worth knowing, a sentence or two each.</summary>
    public IReadOnlyList<string> Warnings => [.. _findings.Select(finding => finding.Message)];

    /// <summary>What was noticed, with its code, numbers and remedy.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Cancelled when training is to end after this step, without reason.</summary>
    public CancellationToken Cancellation { get; internal init; }

    /// <summary>A learning rate that holds whatever the schedule says; null, as at first, to follow the schedule.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or NaN.</exception>
    public double? RateByHand
    {
        get;
        set
        {
            Optimizer.LearningRate = value ?? Optimizer.InitialLearningRate;
            field = value;
            foreach (Optimizer other in Trainer.Optimizers.Skip(1))
                other.LearningRate = this.RateByHandOf(other) ?? other.InitialLearningRate;
        }
    }

    /// <summary>Why training is to end, or null.</summary>
    public string? StopReason { get; private set; }

    /// <summary>Tells every callback something that is worth knowing.</summary>
    public void Warn(string message) =>
        Warn(new Finding("callback", Severity.Warning, message, "A callback of this training says so.", ""));

    /// <summary>Tells every callback what was found.</summary>
    public void Warn(Finding finding)
    {
        _findings.Add(finding);
        if (!_hasBegun)
            return;
        foreach (Callback callback in Trainer.Callbacks)
            callback.OnFinding(this, finding);
    }

    internal CallbackDispatcher Moments { get; }

    /// <summary>The step that has just run, while its numbers are still there.</summary>
    internal Recording? Recording { get; private set; }

    /// <summary>What the model made of the batch of this step.</summary>
    internal Node? Output { get; private set; }

    internal void Forget() => (Recording, Output) = (null, null);

    internal void See(Tape tape, Tensor output) => (Recording, Output) = (tape.Recording, output.Node);

    /// <summary>Every callback has begun: what was found so far is told to all, in order.</summary>
    internal void Begin(IEnumerable<Finding> noticed)
    {
        Finding[] found = [.. noticed, .. _findings];
        _findings.Clear();
        _hasBegun = true;
        foreach (Finding finding in found)
            Warn(finding);
    }

    internal void BeginEpoch()
    {
        _epochStart = Stopwatch.GetTimestamp();
        Epoch++;
        (StepInEpoch, Samples, _lossSum, _earlierInEpoch) = (0, 0, 0, 0);
    }

    internal void EndStep(double loss, int samples)
    {
        Step++;
        StepInEpoch++;
        Samples += samples;
        StepLoss = loss;
        _lossSum += loss * samples;
    }

    internal void EndEpoch(Scores train, Scores? dev) => History.Add(new(Epoch, train, dev,
        SecondsInEpoch, Optimizer.LearningRate, Step));

    double SecondsInEpoch => Stopwatch.GetElapsedTime(_epochStart).TotalSeconds + _earlierInEpoch;

    /// <summary>
    /// Does something when every callback has seen this moment: a checkpoint holds what all of them know, wherever in
    /// the list the one that writes it is.
    /// </summary>
    public void Afterwards(Action<TrainingRun> act) => Moments.Afterwards(act);

    internal void Save(RunState state)
    {
        state.Set("settings", _settings);
        state.Set("epoch", Epoch);
        state.Set("step", Step);
        state.Set("stepInEpoch", StepInEpoch);
        state.Set("samples", Samples);
        state.Set("lossSum", _lossSum);
        state.Set("stepLoss", StepLoss);
        state.Set("seconds", Elapsed.TotalSeconds);
        state.Set("secondsInEpoch", Epoch == 0 ? 0 : SecondsInEpoch);
        state.Set("rateByHand", RateByHand is { } rate ? [rate] : []);
    }

    /// <exception cref="DataFormatException">The settings differ from those of the checkpoint.</exception>
    internal void Load(RunState state)
    {
        state.Expect("settings", _settings);
        (Epoch, Step) = (state.Count("epoch"), state.Whole("step"));
        (StepInEpoch, Samples) = (state.Count("stepInEpoch", StepsPerEpoch), state.Count("samples"));
        (_lossSum, StepLoss) = (state.Number("lossSum"), state.Number("stepLoss"));
        (_earlier, _earlierInEpoch) = (state.Number("seconds"), state.Number("secondsInEpoch"));
        _epochStart = Stopwatch.GetTimestamp();
        RateByHand = state.Numbers("rateByHand") is [var rate] ? rate : null;
    }

    /// <summary>Asks training to end after this step.</summary>
    /// <param name="reason">Why, for the history: <c>dev loss has not fallen for 5 epochs</c>.</param>
    public void Stop(string reason) => StopReason ??= reason;
}
