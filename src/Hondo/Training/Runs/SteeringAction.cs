namespace Hondo.Training;

/// <summary>What may be asked of a training that runs.</summary>
public enum SteeringAction
{
    /// <summary>Wait after this step.</summary>
    Pause,

    /// <summary>Go on.</summary>
    Resume,

    /// <summary>Write a checkpoint now.</summary>
    Checkpoint,

    /// <summary>End after this step, as early stopping does.</summary>
    Stop,

    /// <summary>Train with a learning rate chosen by hand, whatever the schedule says.</summary>
    SetRate,

    /// <summary>Let the schedule choose the learning rate again.</summary>
    FollowSchedule,
}
