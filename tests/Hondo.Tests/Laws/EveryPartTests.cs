using Hondo.Autograd;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Schedules;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Tests.Laws;

/// <summary>
/// What holds for every optimizer, schedule, loss and metric. They come from the catalogs, in which a law of its own
/// misses whatever is not there: a new one is tested from its first line on.
/// </summary>
public sealed class EveryPartTests
{
    static readonly int[] Labels = [0, 2, 1, 2, 1, 0];

    public static TheoryData<string> Optimizers => Names(OptimizerCatalog.All.Signatures);

    public static TheoryData<string> Schedules => Names(ScheduleCatalog.All.Signatures);

    public static TheoryData<string> Losses => Names(LossCatalog.All.Signatures);

    public static TheoryData<string> Metrics => Names(MetricCatalog.All.Signatures);

    static TheoryData<string> Names(IEnumerable<Signature> signatures) => [.. signatures.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void An_optimizer_descends_a_bowl(string name)
    {
        (Linear place, Optimizer optimizer) = Begin(name);
        double first = Step(place, optimizer), last = first;
        for (int i = 0; i < 300; i++)
            last = Step(place, optimizer);
        Assert.True(last < first && double.IsFinite(last), $"{first} → {last}");
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void What_an_optimizer_remembers_is_all_that_it_needs_to_go_on_to_the_same_bits(string name)
    {
        (Linear whole, Optimizer uninterrupted) = Begin(name);
        for (int i = 0; i < 7; i++)
            Step(whole, uninterrupted);
        (Linear begun, Optimizer before) = Begin(name);
        for (int i = 0; i < 4; i++)
            Step(begun, before);
        (Linear resumed, Optimizer after) = Begin(name);
        resumed.Weight.Set(begun.Weight.Value);
        after.ContinueAfter(before.StepCount);
        Assert.Equal(before.States.Select(state => state.Name), after.States.Select(state => state.Name));
        foreach ((OptimizerState from, OptimizerState to) in before.States.Zip(after.States))
            to.Set(0, from.Get(0));
        for (int i = 0; i < 3; i++)
            Step(resumed, after);
        Assert.Equal(whole.Weight.Value.ToArray<float>(), resumed.Weight.Value.ToArray<float>());
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_schedule_gives_rates_that_are_finite_and_a_function_of_the_progress_alone(string name)
    {
        string text = Call(name, ScheduleCatalog.All.Signatures);
        ISchedule schedule = ScheduleCatalog.All.Parse(text), again = ScheduleCatalog.All.Parse(text);
        double[] rates = [.. Enumerable.Range(0, 400).Select(i => schedule.Rate(0.1, new(i / 20.0, i)))];
        Assert.All(rates, rate => Assert.InRange(rate, 0, 10));
        // Asked from the end to the beginning it says the same.
        for (int i = 399; i >= 0; i--)
            Assert.Equal(rates[i], again.Rate(0.1, new(i / 20.0, i)));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_loss_has_the_gradient_of_finite_differences_and_is_a_mean(string name)
    {
        Loss loss = LossCatalog.All.Parse(Call(name, LossCatalog.All.Signatures));
        (Tensor output, Tensor target) = Case(loss);
        Assert.True(Gradient.Check(x => loss.Compute(x, target), output).IsWithin(1e-5));
        double once = loss.Compute(output, target).Item;
        Assert.True(double.IsFinite(once) && once >= 0);
        // What is twice there counts as much: a batch of any size has a loss of the same size.
        Tensor twice = Tensor.Concat(0, output, output), targets = Tensor.Concat(0, target, target);
        Assert.Equal(once, loss.Compute(twice, targets).Item, 1e-9);
        Assert.False(string.IsNullOrWhiteSpace(loss.Name));
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void A_metric_is_the_same_however_the_rows_come_and_starts_anew(string name)
    {
        string text = Call(name, MetricCatalog.All.Signatures);
        IMetric whole = MetricCatalog.All.Parse(text), parts = MetricCatalog.All.Parse(text);
        (Tensor output, Tensor target) = Case(whole);
        (output, target) = (output.To(DType.Float32), target.DType.IsFloating ? target.To(DType.Float32) : target);
        whole.Add(output, target);
        parts.Add(output.Slice(..2), target.Slice(..2));
        // A checkpoint in the middle of an epoch keeps the sums.
        IMetric resumed = MetricCatalog.All.Parse(text);
        resumed.Sums = parts.Sums;
        resumed.Add(output.Slice(2..), target.Slice(2..));
        Assert.Equal(whole.Value, resumed.Value, 1e-9);
        Assert.True(double.IsFinite(whole.Value));
        whole.Reset();
        Assert.True(double.IsNaN(whole.Value) || whole.Value == MetricCatalog.All.Parse(text).Value);
    }

    static string Call(string name, IEnumerable<Signature> signatures)
    {
        Signature signature = signatures.Single(one => one.Name == name);
        string[] needed = [.. signature.Parameters.Where(parameter => signature.DefaultOf(parameter) is null)];
        return $"{name}({string.Join(", ", needed.Select(parameter => $"{parameter}: {Value(parameter)}"))})";
    }

    // What has no default: as short as it can be said, and of the right kind.
    static string Value(string parameter) => parameter switch
    {
        "milestones" => "[5, 10]",
        "epochs" => "20",
        "every" or "up" or "down" => "4",
        "schedule" => "CosineDecay(200)",
        "minimum" => "0.001",
        "k" => "2",
        _ => "0.9",
    };

    static (Linear Place, Optimizer Optimizer) Begin(string name)
    {
        var place = new Linear(1, 2, bias: false);
        place.Weight.Set(Tensor.Of([-4f, 1], [2, 1]));
        return (place, OptimizerCatalog.All.Parse($"{name}()")(place.Parameters));
    }

    static double Step(Linear place, Optimizer optimizer)
    {
        using var step = Tape.Begin();
        Tensor loss = (place.Forward(Tensor.Of([1f], [1, 1])).Square() * Tensor.Of([0.5f, 2])).Sum();
        loss.Backward();
        optimizer.Step();
        return loss.Item;
    }

    static Tensor Scores() => Tensor.Of([.. Enumerable.Range(0, 18).Select(i => Math.Sin(i * 1.7) * 1.3)], [6, 3]);

    static (Tensor Output, Tensor Target) Case(Loss loss) => loss switch
    {
        ProbabilityCrossEntropy => (Scores().Sigmoid(), Case(TargetKind.Binary).Target),
        TokenCrossEntropy => (Scores().Reshape([2, 3, 3]), Tensor.Of(Labels, [2, 3])),
        DiceCrossEntropy => (Scores().Reshape([2, 1, 3, 3]), Tensor.Of(Labels, [2, 1, 3])),
        BitCrossEntropy => (Scores().Reshape([2, 3, 3]),
            Tensor.Of([.. Enumerable.Range(0, 18).Select(i => i % 3 == 1 ? 1.0 : 0)], [2, 3, 3])),
        _ => Case(loss.Target),
    };

    static (Tensor Output, Tensor Target) Case(TargetKind kind) => kind switch
    {
        TargetKind.Labels => (Scores(), Tensor.Of(Labels)),
        TargetKind.Binary =>
            (Scores(), Tensor.Of([.. Enumerable.Range(0, 18).Select(i => i % 3 == 1 ? 1.0 : 0)], [6, 3])),
        _ => (Scores(), Tensor.Of([.. Enumerable.Range(0, 18).Select(i => Math.Cos(i * 2.3))], [6, 3])),
    };

    static (Tensor Output, Tensor Target) Case(IMetric metric) => metric switch
    {
        Mae or Mse or Rmse or RSquared => Case(TargetKind.Numbers),
        LabelAccuracy => Case(TargetKind.Binary),
        BitsRight => Case(new BitCrossEntropy()),
        RocAuc or AveragePrecision => (Scores().Slice(.., ..1), Tensor.Of([1f, 0, 0, 1, 1, 0], [6, 1])),
        _ => Case(TargetKind.Labels),
    };
}
