using Hondo.Data;
using Hondo.Kernels;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>
/// A batch in the hands of a step of one's own: what goes in, and what is to be made small, measured and shown. The
/// step runs in training, where <see cref="Minimize"/> updates, and for the dev part, where it only measures.
/// </summary>
/// <example><code>
/// var trainer = new Trainer(model, step =>
/// {
///     Tensor output = model.Forward(step.Inputs);
///     step.Minimize(output.CrossEntropy(step.Targets));
///     step.Measure(output);
/// }, new Adam(model.Parameters)) { Metrics = [new Accuracy()] };
/// </code></example>
public sealed class TrainingStep
{
    readonly Trainer _trainer;
    readonly List<Figure> _figures = [];
    TrainingRun? _run;
    Tape? _tape;
    double _loss;
    int _minimized;
    uint _draws;

    internal TrainingStep(Trainer trainer, Action<TrainingStep> act) => (_trainer, Act) = (trainer, act);

    internal Action<TrainingStep> Act { get; }

    /// <summary>The batch: its rows, its number.</summary>
    public Batch Batch { get; private set; }

    /// <summary>The samples, <c>[batch, ..sample]</c>.</summary>
    public Tensor Inputs => Batch.Inputs;

    /// <summary>Their targets.</summary>
    public Tensor Targets => Batch.Targets;

    /// <summary>Samples in this batch.</summary>
    public int Count => Batch.Count;

    /// <summary>True in training; false while the dev part is measured.</summary>
    public bool IsTraining => _tape!.Info.Mode == Mode.Training;

    /// <summary>
    /// Makes a loss smaller: Backward, the check for NaN, the schedule, callbacks, and an update. The loss of the step
    /// is the sum of all that it minimizes. When the dev part is measured it only counts.
    /// </summary>
    /// <param name="loss">One number.</param>
    /// <param name="optimizer">One of the trainer's; may be left out when there is one only.</param>
    /// <exception cref="InvalidOperationException">The optimizer is not the trainer's, or which one is meant is open.
    /// </exception>
    /// <exception cref="NonFiniteException">The loss or a gradient is NaN or infinite.</exception>
    public void Minimize(Tensor loss, Optimizer? optimizer = null)
    {
        Optimizer chosen = Choose(optimizer);
        if (++_minimized > 1 && _trainer.Accumulate > 1)
            throw new InvalidOperationException("Accumulate sums the gradients of one loss: a step that minimizes "
                + "several takes Accumulate = 1 and a larger BatchSize.");
        _loss += loss.Item;
        if (!IsTraining)
            return;
        if (_run is null)
        {
            loss.Backward();
            chosen.Step();
            return;
        }
        if (_run.Recording is null)
            _run.See(_tape!, loss);
        NonFinite.CheckLoss(loss, Batch, _run, _tape!);
        _trainer.Learn(loss, chosen, Batch, _run, _tape!);
    }

    Optimizer Choose(Optimizer? optimizer)
    {
        IReadOnlyList<Optimizer> all = _trainer.Optimizers;
        if (optimizer is null)
            return all.Count == 1 ? all[0] : throw new InvalidOperationException($"This trainer has {all.Count} "
                + "optimizers: say which one makes the loss smaller, step.Minimize(loss, optimizer).");
        for (int i = 0; i < all.Count; i++)
            if (all[i] == optimizer)
                return optimizer;
        throw new InvalidOperationException("This optimizer is not one of the trainer's: give it to the constructor, "
            + "new Trainer(model, step, first, second), so that schedules and checkpoints know it.");
    }

    /// <summary>Adds an output to the trainer's metrics.</summary>
    /// <param name="output">What the metrics take: raw outputs.</param>
    /// <param name="targets">The truth; the batch's targets when left out.</param>
    public void Measure(Tensor output, Tensor? targets = null)
    {
        _trainer.Metrics.Add(output, targets ?? Targets);
        _run?.See(_tape!, output);
    }

    /// <summary>Shows a number beside the loss, as its mean over the samples of the epoch.</summary>
    /// <param name="name">Its name in progress lines, history and report.</param>
    /// <param name="value">One number: that of this batch.</param>
    public void Log(string name, Tensor value) => Log(name, value.Item);

    /// <inheritdoc cref="Log(string, Tensor)"/>
    public void Log(string name, double value)
    {
        Figure? figure = null;
        foreach (Figure known in _figures)
            if (known.Name == name)
                figure = known;
        if (figure is null)
            _figures.Add(figure = new(name));
        (figure.Sum, figure.Weight) = (figure.Sum + (value * Batch.Weight), figure.Weight + Batch.Weight);
    }

    /// <summary>
    /// Numbers of a normal distribution of mean 0 and deviation 1: a function of the trainer's seed, of the step and of
    /// how often the step has drawn, so that a run that is resumed draws the same.
    /// </summary>
    public Tensor RandomNormal(Shape shape) => Draw(shape, static (philox, i) => philox.Normal(i));

    /// <summary>Numbers evenly from 0 to below 1, drawn as those of <see cref="RandomNormal"/>.</summary>
    public Tensor RandomUniform(Shape shape) => Draw(shape, static (philox, i) => philox.Uniform(i));

    Tensor Draw(Shape shape, Func<Philox, long, double> number)
    {
        Tensor tensor = Tensor.Zeros(shape);
        Span<float> values = tensor.Node.Value.As<float>();
        var philox = new Philox(_trainer.Seed, RandomStream.Of("step") + _draws++, _run?.Step ?? Batch.Number);
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)number(philox, i);
        return tensor;
    }

    internal double Run(Batch batch, TrainingRun? run, Tape tape)
    {
        (Batch, _run, _tape, _loss, _minimized, _draws) = (batch, run, tape, 0, 0, 0);
        run?.Forget();
        Act(this);
        return _minimized > 0 ? _loss : throw new InvalidOperationException(
            "The step minimized nothing: it must call step.Minimize(loss) for at least one loss.");
    }

    internal IEnumerable<(string Name, double Value)> Figures =>
        _figures.Select(figure => (figure.Name, figure.Sum / figure.Weight));

    internal void Reset() => _figures.Clear();

    internal void Save(RunState state)
    {
        state.Set("names", string.Join('\n', _figures.Select(figure => figure.Name)));
        state.Set("sums", _figures.Select(figure => figure.Sum));
        state.Set("weights", _figures.Select(figure => (double)figure.Weight));
    }

    internal void Load(RunState state)
    {
        Reset();
        string[] names = state.Text("names").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        double[] sums = state.Numbers("sums", names.Length), weights = state.Numbers("weights", names.Length);
        for (int i = 0; i < sums.Length; i++)
            _figures.Add(new(names[i]) { Sum = sums[i], Weight = state.Whole("weights", weights[i]) });
    }

    sealed class Figure(string name)
    {
        public string Name => name;

        public double Sum { get; set; }

        public long Weight { get; set; }
    }
}

/// <summary>What a step of one's own makes small.</summary>
sealed class LossOfStep : Loss
{
    public override string Name => "loss";

    public override TargetKind Target => TargetKind.Numbers;

    public override Tensor Compute(Tensor output, Tensor target) => throw new InvalidOperationException(
        "This trainer has a step of its own, which has no loss of output and target: use trainer.Evaluate.");

    public override string ToString() => "a step of its own";
}
