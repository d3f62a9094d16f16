using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Schedules;
using Hondo.Tensors;
using Hondo.Tests.Training;
using Hondo.Training;

namespace Hondo.Tests.Optimizers;

public sealed class ParameterGroupTests
{
    /// <summary>A first part and a last one; a step of the loss of both.</summary>
    sealed class Net
    {
        readonly Tensor _x = Tasks.Uniform([16, 6], -1, 1), _labels = Tensor.Of(new int[16]);

        public Net()
        {
            (First, Last) = (new Sequential(new Linear(6, 8), new Tanh()), new Linear(8, 3));
            Whole = new Sequential(First, Last);
            Whole.Initialize(1);
        }

        public Layer First { get; }

        public Layer Last { get; }

        public Sequential Whole { get; }

        public float[] Train(int steps, params Optimizer[] optimizers)
        {
            for (int i = 0; i < steps; i++)
            {
                using var step = Tape.Begin();
                new CrossEntropy().Compute(Whole.Forward(_x), _labels).Backward();
                foreach (Optimizer optimizer in optimizers)
                    optimizer.Step();
            }
            return [.. Whole.Parameters.SelectMany(parameter => parameter.Value.ToArray<float>())];
        }
    }

    public static TheoryData<Func<IEnumerable<Parameter>, double, double, Optimizer>> Every =>
    [
        (p, rate, decay) => new Sgd(p, rate) { GradientTransforms = { new L2(decay) } },
        (p, rate, decay) => new Momentum(p, rate) { GradientTransforms = { new DecoupledDecay(decay) } },
        (p, rate, decay) => new MovingAverageMomentum(p, rate) { GradientTransforms = { new L2(decay) } },
        (p, rate, decay) => new Nesterov(p, rate) { GradientTransforms = { new L2(decay) } },
        (p, rate, decay) => new Adagrad(p, rate) { GradientTransforms = { new L2(decay) } },
        (p, rate, decay) => new Adadelta(p, rate) { GradientTransforms = { new L2(decay) } },
        (p, rate, decay) => new RmsProp(p, rate, momentum: 0.5) { GradientTransforms = { new L2(decay) } },
        (p, rate, decay) => new CenteredRmsProp(p, rate) { GradientTransforms = { new L2(decay) } },
        (p, rate, decay) => new Adam(p, rate) { GradientTransforms = { new L2(decay) } },
        (p, rate, decay) => new AdamUncorrected(p, rate) { GradientTransforms = { new L2(decay) } },
        (p, rate, decay) => new AdamW(p, rate, decay),
        (p, rate, decay) => new AmsGrad(p, rate) { GradientTransforms = { new L2(decay) } },
        (p, rate, decay) => new Adamax(p, rate) { GradientTransforms = { new L2(decay) } },
        (p, rate, decay) => new NAdam(p, rate) { GradientTransforms = { new L2(decay) } },
        (p, rate, decay) => new RAdam(p, rate) { GradientTransforms = { new L2(decay) } },
    ];

    [Theory]
    [MemberData(nameof(Every))]
    public void Groups_are_as_an_optimizer_for_each(Func<IEnumerable<Parameter>, double, double, Optimizer> make)
    {
        Net two = new(), one = new();
        float[] expected = two.Train(6, make(two.First.Parameters, 0.003, 0.2), make(two.Last.Parameters, 0.01, 0.05));
        Optimizer grouped = make(one.Whole.Parameters, 0.01, 0.05);
        grouped.Groups.Add(new(one.First.Parameters, learningRate: 0.003, weightDecay: 0.2));
        Assert.Equal(expected, one.Train(6, grouped));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void A_part_that_is_unfrozen_later_learns_as_with_a_new_optimizer(
        Func<IEnumerable<Parameter>, double, double, Optimizer> make)
    {
        Net two = new(), one = new();
        Optimizer last = make(two.Last.Parameters, 0.01, 0.05), whole = make(one.Whole.Freeze().Parameters, 0.01, 0.05);
        two.First.Freeze();
        two.Train(4, last);
        two.First.Unfreeze();
        one.Last.Unfreeze();
        float[] before = [.. one.First.Parameters.SelectMany(parameter => parameter.Value.ToArray<float>())];
        Assert.Equal(before, one.Train(4, whole)[..before.Length]);
        one.First.Unfreeze();
        Assert.Equal(two.Train(5, make(two.First.Parameters, 0.01, 0.05), last), one.Train(5, whole));
    }

    [Fact]
    public void The_optimizers_rate_moves_those_of_its_groups_by_the_same_factor()
    {
        var net = new Net();
        var optimizer = new Sgd(net.Whole.Parameters, 0.1) { Groups = { new(net.First.Parameters, 0.02) } };
        optimizer.LearningRate = 0.05;
        Assert.Equal(0.01, optimizer.Groups[0].LearningRate, 1e-12);
        Assert.Equal(0.02, optimizer.Groups[0].InitialLearningRate);
    }

    [Fact]
    public void A_group_may_have_a_schedule_of_its_own()
    {
        Layer model = Tasks.Mlp();
        var rates = new Rates();
        new Trainer(model, new CrossEntropy(), new Sgd(model.Parameters, 0.1)
        {
            Groups =
            {
                new(model.Layers[1].Parameters, 0.01),
                new(model.Layers[4].Parameters) { Schedule = new ConstantRate() },
            },
        })
        { Schedule = new StepDecay(1, 0.5), Epochs = 2, Callbacks = [rates] }.Fit(Tasks.Parts());
        Assert.Equal([(0.1, 0.01, 0.1), (0.05, 0.005, 0.1)], rates.Seen);
    }

    [Fact]
    public void Wrong_groups_are_refused_with_the_remedy()
    {
        Net net = new(), other = new();
        var optimizer = new Adam(net.Whole.Parameters) { Groups = { new(net.First.Parameters) { Name = "first" } } };
        Assert.StartsWith("Parameter 0.0.weight is in group first and in group again: put it into one of them.",
            Refused(() => optimizer.Groups.Add(new(net.Whole.Parameters) { Name = "again" })),
            StringComparison.Ordinal);
        Assert.StartsWith("Parameter 0.0.weight of group 0.0.weight is not in this optimizer: make the optimizer of "
            + "model.Parameters", Refused(() => optimizer.Groups.Add(new(other.First.Parameters))),
            StringComparison.Ordinal);
        Assert.StartsWith("A group needs parameters", Refused(() => _ = new ParameterGroup([])),
            StringComparison.Ordinal);
        optimizer.Groups.Add(new(net.Last.Parameters, weightDecay: 0.1) { Name = "last" });
        Assert.Equal("Group last has a weight decay, but Adam has none that it could replace: use AdamW, or add L2(0) "
            + "or DecoupledDecay(0) to GradientTransforms.",
            Assert.Throws<InvalidOperationException>(() => net.Train(1, optimizer)).Message);
        Assert.StartsWith("The learning rate of a group is a number from 0",
            Refused(() => _ = new ParameterGroup(net.First.Parameters, -1)), StringComparison.Ordinal);
    }

    static string Refused(Action act) => Assert.ThrowsAny<ArgumentException>(act).Message;

    sealed class Rates : Callback
    {
        public List<(double, double, double)> Seen { get; } = [];

        protected internal override void OnEpochEnd(TrainingRun run) => Seen.Add((run.Optimizer.LearningRate,
            run.Optimizer.Groups[0].LearningRate, run.Optimizer.Groups[1].LearningRate));
    }
}
