namespace Hondo.Training;

/// <summary>A callback with something in mind that a resumed run must know, such as the best weights so far.</summary>
public interface IResumable
{
    /// <summary>Writes down what is to be known later. The model is between two steps.</summary>
    void Save(RunState state);

    /// <summary>Reads what <see cref="Save"/> wrote; after <see cref="Callback.OnTrainBegin"/>.</summary>
    void Load(TrainingRun run, RunState state);
}
