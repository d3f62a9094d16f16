namespace Hondo.Optimizers;

/// <summary>An optimizer whose momentum a schedule may move (see <see cref="Schedules.IMomentumSchedule"/>).</summary>
public interface IMomentum
{
    /// <summary>The share of the velocity that is kept, from 0 to below 1.</summary>
    double Beta { get; set; }
}
