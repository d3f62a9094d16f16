namespace Hondo.Training;

/// <summary>How weights are averaged in the course of training; <see cref="WeightAverage"/> does it.</summary>
public interface IWeightAverage
{
    /// <summary>True when the weights after this update count.</summary>
    /// <param name="run">The training, after an update.</param>
    /// <param name="previous">The step of the update before it, 0 for none.</param>
    bool Counts(TrainingRun run, long previous);

    /// <summary>How far the average goes towards the n-th weights that count, from 0 to 1; 1 for the first.</summary>
    double Share(long n);

    /// <summary>
    /// True when the statistics of batch norms are measured anew over the training part before the average is used;
    /// false when they are averaged as the weights are.
    /// </summary>
    bool MeasuresStatistics { get; }
}
