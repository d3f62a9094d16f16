namespace Hondo.Insights;

/// <summary>
/// Says in words what is wrong with a training, while it runs and at its end: data, first weights, activations and
/// gradients by layer, learning rate, and whether bias or variance is high. Each finding has its numbers, its rule and
/// the remedy; <see cref="TrainingRun.Findings"/> gathers them, <see cref="Callback.OnFinding"/> is told.
/// It looks at the steps 1, 2, 4, 8, 16, 32, 48, … and from step 256 on at every 64th, at some thousand numbers of
/// each layer.
/// </summary>
/// <param name="humanError">
/// The share of wrong answers that cannot be helped (a careful person's), from 0 to below 1: what bias is measured
/// from.
/// </param>
/// <example><code>
/// var trainer = new Trainer(model, loss, optimizer) { Callbacks = [new Diagnosis(humanError: 0.02)] };
/// </code></example>
public sealed class Diagnosis(double humanError = 0) : Callback
{
    // A look costs about as much as a small step does in part: often at first, when most goes wrong, and rarely later.
    const int Early = 16, Middle = 256, Late = 64;

    // Fewer looks say too little of how often a unit fires.
    const int LooksInWindow = 4;

    readonly double _humanError = humanError is >= 0 and < 1 ? humanError
        : throw new ArgumentOutOfRangeException(nameof(humanError), humanError,
            "The human error is a share from 0 to below 1, e.g. 0.02 for 2 %.");

    IRule[] _rules = [];
    Examination? _examination;
    int _looksAtRestart;
    bool _isLooking;

    /// <inheritdoc/>
    protected internal override void OnTrainBegin(TrainingRun run)
    {
        (_examination, _rules, _looksAtRestart) = (new(run), DiagnosisRules.New(_humanError), 0);
        foreach (IRule rule in _rules)
            rule.Begin(_examination);
    }

    /// <inheritdoc/>
    protected internal override void OnGradients(TrainingRun run)
    {
        _isLooking = IsDue(run.Step + 1);
        if (!_isLooking)
            return;
        _examination!.Activations.Look(run);
        _examination.Weights.Before();
    }

    static bool IsDue(long step) =>
        step < Early ? long.IsPow2(step) : step % (step <= Middle ? Early : Late) == 0;

    /// <inheritdoc/>
    protected internal override void OnStepEnd(TrainingRun run)
    {
        Examination e = _examination!;
        if (run.Step == 1)
            e.FirstLoss = run.StepLoss;
        if (!_isLooking)
            return;
        _isLooking = false;
        e.Weights.After();
        e.Looks++;
        for (int i = 0; i < _rules.Length; i++)
            _rules[i].Look(e);
    }

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(TrainingRun run)
    {
        foreach (IRule rule in _rules)
            rule.Epoch(_examination!);
        if (_examination!.Looks - _looksAtRestart < LooksInWindow || run.Epoch == run.Epochs)
            return;
        _looksAtRestart = _examination.Looks;
        _examination.Activations.Restart();
        _examination.Weights.Restart();
    }

    /// <inheritdoc/>
    protected internal override void OnTrainEnd(TrainingRun run)
    {
        if (run.History.Count == 0 || run.StopReason == "cancelled")
            return;
        foreach (IRule rule in _rules)
            rule.End(_examination!);
    }
}
