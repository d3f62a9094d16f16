using Hondo.Schedules;

namespace Hondo.Tests.Schedules;

public sealed class ScheduleTests
{
    [Fact]
    public void Inverse_decay_is_the_courses_formula() =>
        Assert.Equal([0.1, 0.05, 0.1 / 3], new long[] { 0, 1, 2 }.Select(step =>
            new InverseDecay(c1: 0.1, c2: 1).Rate(123, new Progress(0.5, step))));

    [Fact]
    public void A_constant_rate_stays() => Assert.Equal(0.3, new ConstantRate().Rate(0.3, Progress.At(1000)));

    [Fact]
    public void Fractions_of_an_epoch_count()
    {
        var schedule = new WarmUp(1);
        Assert.Equal(0.05, schedule.Rate(0.1, new Progress(0.5, 50)), 1e-15);
    }

    [Fact]
    public void A_schedule_in_steps_counts_steps() => Assert.Equal(
        new CosineDecay(100).Rate(0.1, Progress.At(30)), new InSteps(new CosineDecay(100)).Rate(0.1, new(0.01, 30)));

    [Fact]
    public void What_follows_a_warm_up_counts_its_steps_from_there() => Assert.Equal(
        0.1 / 51, new WarmUp(2, new InverseDecay(0.1, 1)).Rate(1, new Progress(3, 150)), 1e-15);

    [Fact]
    public void A_cosine_ends_at_its_minimum() =>
        Assert.Equal(0.01, new CosineDecay(20, 0.01).Rate(1, Progress.At(20)), 1e-15);

    [Fact]
    public void A_cycle_starts_and_ends_low_and_peaks_at_the_optimizers_rate()
    {
        var schedule = new OneCycle(10);
        Assert.Equal(0.04, schedule.Rate(1, Progress.At(0)), 1e-12);
        Assert.Equal(1, schedule.Rate(1, Progress.At(3)), 1e-12);
        Assert.Equal(4e-6, schedule.Rate(1, Progress.At(10)), 1e-12);
        Assert.Equal(4e-6, schedule.Rate(1, Progress.At(15)), 1e-12);
    }

    [Fact]
    public void A_plateau_follows_from_its_reports()
    {
        var schedule = new Plateau(factor: 0.5, patience: 1);
        double[] losses = [1, 0.9, 0.95, 0.95, double.NaN, double.NaN];
        double[] rates = [.. losses.Select(loss =>
        {
            schedule.Report(loss);
            return schedule.Rate(1, default);
        })];
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.25], rates);
        schedule.Reset();
        Assert.Equal(1, schedule.Rate(1, default));
    }

    public static TheoryData<ISchedule, string> Texts => new()
    {
        { new ConstantRate(), "ConstantRate()" },
        { new StepDecay(10), "StepDecay(10)" },
        { new StepDecay(10, 0.5), "StepDecay(10, factor: 0.5)" },
        { new MultiStepDecay([30, 60], 0.2), "MultiStepDecay([30, 60], factor: 0.2)" },
        { new ExponentialDecay(0.95), "ExponentialDecay(0.95)" },
        { new InverseDecay(0.1, 1), "InverseDecay(0.1, 1)" },
        { new CosineDecay(20), "CosineDecay(20)" },
        { new CosineRestarts(10, growth: 2), "CosineRestarts(10, growth: 2)" },
        { new PolynomialDecay(20, 2), "PolynomialDecay(20, power: 2)" },
        { new WarmUp(5, new CosineDecay(20, 1e-5), 0.1), "WarmUp(5, CosineDecay(20, minimum: 1E-05), start: 0.1)" },
        { new OneCycle(30), "OneCycle(30)" },
        { new CyclicRate(0.001, 2, 3), "CyclicRate(0.001, 2, 3)" },
        { new InSteps(new StepDecay(1000)), "InSteps(StepDecay(1000))" },
        { new Plateau(factor: 0.5, patience: 3), "Plateau(factor: 0.5, patience: 3)" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Schedules_print_as_the_code_that_makes_them(ISchedule schedule, string text) =>
        Assert.Equal(text, schedule.ToString());

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepDecay(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineDecay(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmUp(5, start: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycle(10, rise: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Plateau(factor: 1));
        Assert.Throws<ArgumentException>(() => new MultiStepDecay([5, 5]));
    }
}
