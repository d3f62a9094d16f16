using System.Globalization;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>
/// Trains on one batch again and again: a model that cannot learn even this by heart is broken, and no data will mend
/// it (Karpathy 2019, "A recipe for training neural networks"). Model and optimizer are afterwards as before.
/// </summary>
public sealed class OverfitCheck
{
    const int BetweenLooks = 10;

    readonly Trainer _trainer;
    readonly Tensor _inputs, _targets;
    readonly RecurrentState? _memory;
    readonly Tape _tape = new();

    OverfitCheck(Trainer trainer, DataSplits data)
    {
        // As they are, without augmentation: what changes each time cannot be learnt by heart.
        var batches = new Batches(data.Train, new()
        {
            Size = trainer.BatchSize,
            Seed = trainer.Seed,
            Normalization = trainer.Normalization,
        });
        using BatchSequence.Enumerator first = batches.Epoch(0).GetEnumerator();
        first.MoveNext();
        (_trainer, _memory) = (trainer, batches.MemoryFor(trainer.Model));
        (_inputs, _targets) = (first.Current.Inputs.Keep(), first.Current.Targets.Keep());
    }

    /// <summary>Trains on the first batch until it is known by heart, or the steps are over.</summary>
    /// <param name="trainer">Whose model, loss, optimizer and batch size are used.</param>
    /// <param name="data">The data; only a batch of the training part is used.</param>
    /// <param name="steps">How many updates at most, 10 or more.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public static OverfitResult Run(Trainer trainer, DataSplits data, int steps = 1000,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, BetweenLooks);
        using var rehearsal = new TrialRun(trainer);
        return new OverfitCheck(trainer, data).Run(steps, cancellation);
    }

    OverfitResult Run(int steps, CancellationToken cancellation)
    {
        _trainer.Optimizer.LearningRate = _trainer.Optimizer.InitialLearningRate;
        OverfitResult start = Measure(0, default), now = start;
        for (int step = 1; step <= steps && !now.IsByHeart && double.IsFinite(now.Loss); step++)
        {
            cancellation.ThrowIfCancellationRequested();
            Learn(step);
            if (step % BetweenLooks == 0)
                now = Measure(step, start);
        }
        return now;
    }

    void Learn(long number)
    {
        _memory?.Clear();
        using var reading = _memory?.Begin() ?? default;
        using var step = _tape.Open(new(Mode.Training, _trainer.Seed, number));
        _trainer.Loss.Compute(_trainer.Model.Forward(_inputs), _targets).Backward();
        _trainer.Optimizer.Step();
    }

    OverfitResult Measure(int steps, OverfitResult start)
    {
        _memory?.Clear();
        using var reading = _memory?.Begin() ?? default;
        using var step = _tape.Open(new(Mode.Inference, _trainer.Seed, 0));
        Tensor output = _trainer.Model.Forward(_inputs);
        _trainer.Metrics.Reset();
        _trainer.Metrics.Add(output, _targets);
        double accuracy = _trainer.Metrics.Values().Where(value => value.Name == "accuracy")
            .Select(value => value.Value).DefaultIfEmpty(double.NaN).First();
        double loss = _trainer.Loss.Compute(output, _targets).Item;
        return new(_inputs.Shape[0], steps, steps == 0 ? loss : start.FirstLoss, loss, accuracy);
    }
}

/// <summary>How well a model learnt one batch by heart.</summary>
/// <param name="Samples">How many samples the batch has.</param>
/// <param name="Steps">How many updates there were.</param>
/// <param name="FirstLoss">The loss before them, in inference mode.</param>
/// <param name="Loss">The loss after them, in inference mode.</param>
/// <param name="Accuracy">The share of right answers after them; NaN where none is measured.</param>
public readonly record struct OverfitResult(int Samples, int Steps, double FirstLoss, double Loss, double Accuracy)
{
    // So little of the first loss is as good as nothing; some losses never reach 0, but then all answers are right.
    const double Nothing = 0.02, Little = 0.5;

    /// <summary>True when the batch is known by heart: the loss is nearly 0, or every answer is right.</summary>
    public bool IsByHeart => Steps > 0
        && (Loss <= Nothing * FirstLoss || (Accuracy == 1 && Loss <= Little * FirstLoss));

    /// <summary>Whether the model can learn at all, in words, with what to look for where it cannot.</summary>
    public override string ToString()
    {
        string course = string.Create(CultureInfo.InvariantCulture, $"On one batch of {Samples} samples the loss went "
            + $"from {ScoreText.Of(FirstLoss)} to {ScoreText.Of(Loss)} in {Steps} steps")
            + (double.IsNaN(Accuracy) ? "" : $", the accuracy to {ScoreText.Of(Accuracy)}");
        return IsByHeart ? $"This model can learn. {course}: it knows them by heart."
            : !double.IsFinite(Loss) ? $"The learning rate is too high. {course}. Divide it by 10."
            : Loss <= Little * FirstLoss
                ? $"This model learns, but slowly. {course}. Try a higher learning rate (--find-rate), or more units."
            : $"This model cannot learn. {course}: not even these are known by heart. Look for inputs that do not "
                + "belong to their targets, a softmax before a loss that has one, layers that are frozen or saturated, "
                + "and a learning rate that is far off (--find-rate).";
    }
}

/// <summary>Lets a model be trained for a try: in the end model and optimizer are as before, to the last bit.</summary>
sealed class TrialRun : IDisposable
{
    readonly Optimizer _optimizer;
    readonly Snapshot _model;
    readonly Tensor[][] _states;
    readonly long _steps;
    readonly double _rate, _beta;

    public TrialRun(Trainer trainer)
    {
        (_optimizer, _model) = (trainer.Optimizer, new(trainer.Model));
        _states = [.. _optimizer.States.Select(state =>
            Enumerable.Range(0, _optimizer.Slab.Parameters.Count).Select(state.Get).ToArray())];
        (_steps, _rate) = (_optimizer.StepCount, _optimizer.LearningRate);
        _beta = (_optimizer as IMomentum)?.Beta ?? 0;
    }

    public void Dispose()
    {
        _model.Restore();
        for (int k = 0; k < _states.Length; k++)
            for (int i = 0; i < _states[k].Length; i++)
                _optimizer.States[k].Set(i, _states[k][i]);
        _optimizer.ContinueAfter(_steps);
        _optimizer.LearningRate = _rate;
        if (_optimizer is IMomentum momentum)
            momentum.Beta = _beta;
    }
}
