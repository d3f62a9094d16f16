using Hondo.Schedules;
using Hondo.Tests.Golden;

namespace Hondo.Tests.Schedules;

public sealed class ScheduleParityTests
{
    public static IEnumerable<object[]> Cases => ParityFile.Names("schedule").Select(name => new object[] { name });

    [ParityTheory]
    [MemberData(nameof(Cases))]
    public void Rates_and_momenta_are_those_of_PyTorch(string name)
    {
        ParityCase golden = ParityFile.Case(name);
        ISchedule schedule = Make(golden);
        double[] rates = golden.Data("lr").Values, momenta = golden.Data("momentum").Values;
        for (int epoch = 0; epoch < rates.Length; epoch++)
        {
            Assert.Equal(rates[epoch], schedule.Rate(golden["base_lr"], Progress.At(epoch)), 1e-12);
            if (schedule is OneCycle or CyclicRate)
                Assert.Equal(momenta[epoch], ((IMomentumSchedule)schedule).Momentum(Progress.At(epoch)), 1e-12);
            (schedule as Plateau)?.Report(golden.Data("metric").Values[epoch]);
        }
    }

    static ISchedule Make(ParityCase c) => c.Op switch
    {
        "step" => new StepDecay(c["step_size"], c["gamma"]),
        "multistep" => new MultiStepDecay(c.List("milestones"), c["gamma"]),
        "exponential" => new ExponentialDecay(c["gamma"]),
        "cosine" => new CosineDecay(c["t_max"], c["eta_min"]),
        "cosine_restarts" => new CosineRestarts(c["t0"], c["t_mult"], c["eta_min"]),
        "linear_warmup" => new WarmUp(c["total"], start: c["start_factor"]),
        "polynomial" => new PolynomialDecay(c["total"], c["power"]),
        // PyTorch counts the points of the cycle, Hondo the time between the first and the last; its rise ends a point
        // before its share of all points.
        "one_cycle" => new OneCycle(c["total_steps"] - 1,
            ((c["pct_start"] * c["total_steps"]) - 1) / (c["total_steps"] - 1), c["div_factor"], c["final_div_factor"],
            c["base_momentum"], c["max_momentum"]),
        "cyclic" => new CyclicRate(c["base"], c["up"], c["down"], c["base_momentum"], c["max_momentum"]),
        "warmup_then_cosine" => new WarmUp(c["warmup"], new CosineDecay(c["t_max"]), c["start_factor"]),
        "plateau" => new Plateau(c["factor"], (int)c["patience"], c["threshold"], (int)c["cooldown"], c["min_lr"]),
        _ => throw new NotSupportedException($"No schedule is known for {c.Op}."),
    };
}
