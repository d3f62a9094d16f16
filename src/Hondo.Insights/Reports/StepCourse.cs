namespace Hondo.Insights;

/// <summary>
/// Loss and learning rate from step to step: of a long training every second, fourth, … step, so that memory stays the
/// same and none is taken while it trains.
/// </summary>
sealed class StepCourse
{
    const int Most = 2000;

    readonly double[] _steps = new double[Most], _losses = new double[Most], _rates = new double[Most];
    int _count;
    long _every = 1;

    /// <summary>Notes the step that has just ended.</summary>
    public void Add(TrainingRun run)
    {
        if (run.Step % _every != 0)
            return;
        if (_count == Most)
            Thin();
        if (run.Step % _every != 0)
            return;
        (_steps[_count], _losses[_count], _rates[_count]) = (run.Step, run.StepLoss, run.Optimizer.LearningRate);
        _count++;
    }

    void Thin()
    {
        _every *= 2;
        int kept = 0;
        for (int i = 0; i < _count; i++)
            if ((long)_steps[i] % _every == 0)
            {
                (_steps[kept], _losses[kept], _rates[kept]) = (_steps[i], _losses[i], _rates[i]);
                kept++;
            }
        _count = kept;
    }

    /// <summary>The loss of each step's batch; null before the second step.</summary>
    public LineChart? Loss => Of("Loss of each step", "loss", _losses);

    /// <summary>The learning rate of each step's update, as it was: never smoothed.</summary>
    public LineChart? Rate => Of("Learning rate", "learning rate", _rates);

    LineChart? Of(string title, string name, double[] values) => _count < 2 ? null
        : new(title, [new(name, _steps[.._count], values[.._count])]) { Across = "step", Up = name };
}
