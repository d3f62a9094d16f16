namespace Hondo.Schedules;

/// <summary>A schedule that moves the momentum β against the learning rate (Smith 2018, arXiv:1803.09820).</summary>
public interface IMomentumSchedule : ISchedule
{
    /// <summary>The momentum in force.</summary>
    double Momentum(Progress progress);
}
