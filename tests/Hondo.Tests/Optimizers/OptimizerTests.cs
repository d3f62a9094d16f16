using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Tests.Optimizers;

public sealed class OptimizerTests
{
    static readonly Loss Loss = new CrossEntropy();

    static (Tensor X, Tensor Labels) Spirals()
    {
        var x = new float[64 * 2];
        var labels = new int[64];
        for (int i = 0; i < 64; i++)
        {
            double angle = i * 0.1, side = i % 2 == 0 ? 1 : -1;
            (x[2 * i], x[(2 * i) + 1]) =
                ((float)(side * Math.Cos(angle)), (float)(side * Math.Sin(angle) + (side * 0.5)));
            labels[i] = i % 2;
        }
        return (Tensor.Of(x, [64, 2]), Tensor.Of(labels));
    }

    static Layer Model() => new Sequential(new Linear(2, 16), new Relu(), new Linear(16, 2)).Initialize(1);

    static double Train(Layer model, Optimizer optimizer, int steps)
    {
        (Tensor x, Tensor labels) = Spirals();
        double last = 0;
        for (int i = 0; i < steps; i++)
        {
            using var step = Tape.Begin();
            Tensor loss = Loss.Compute(model.Forward(x), labels);
            loss.Backward();
            optimizer.Step();
            last = loss.Item;
        }
        return last;
    }

    public static TheoryData<Func<Layer, Optimizer>> Every =>
    [
        m => new Sgd(m.Parameters, 0.5),
        m => new Momentum(m.Parameters, 0.05),
        m => new MovingAverageMomentum(m.Parameters, 0.5),
        m => new Nesterov(m.Parameters, 0.05),
        m => new Adagrad(m.Parameters, 0.1),
        m => new Adadelta(m.Parameters, 5),
        m => new RmsProp(m.Parameters, 0.01),
        m => new RmsProp(m.Parameters, 0.01, momentum: 0.5),
        m => new CenteredRmsProp(m.Parameters, 0.01),
        m => new Adam(m.Parameters, 0.05),
        m => new AdamUncorrected(m.Parameters, 0.05),
        m => new AdamW(m.Parameters, 0.05),
        m => new AmsGrad(m.Parameters, 0.05),
        m => new Adamax(m.Parameters, 0.05),
        m => new NAdam(m.Parameters, 0.05),
        m => new RAdam(m.Parameters, 0.05),
    ];

    [Theory]
    [MemberData(nameof(Every))]
    public void Every_optimizer_learns(Func<Layer, Optimizer> make)
    {
        Layer model = Model();
        double before = Train(model, make(model), 1), after = Train(model, make(model), 150);
        Assert.InRange(after, 0, before * 0.7);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void A_restored_optimizer_goes_on_with_the_same_bits(Func<Layer, Optimizer> make)
    {
        Layer model = Model(), copy = Model();
        Optimizer whole = make(model), first = make(copy);
        Train(model, whole, 7);
        Train(copy, first, 3);
        Optimizer second = make(copy);
        second.ContinueAfter(first.StepCount);
        for (int state = 0; state < first.States.Count; state++)
            for (int i = 0; i < copy.Parameters.Count; i++)
                second.States[state].Set(i, first.States[state].Get(i));
        Train(copy, second, 4);
        Assert.Equal(model.Parameters.SelectMany(p => p.Value.ToArray<float>()),
            copy.Parameters.SelectMany(p => p.Value.ToArray<float>()));
    }

    [Fact]
    public void A_step_without_Backward_is_an_error()
    {
        Layer model = Model();
        var optimizer = new Sgd(model.Parameters);
        Train(model, optimizer, 1);
        var error = Assert.Throws<InvalidOperationException>(optimizer.Step);
        Assert.StartsWith("The optimizer's Step found no new gradient: call loss.Backward() before it", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_its_optimizer_has_lost_is_an_error()
    {
        Layer model = Model();
        var first = new Sgd(model.Parameters);
        Train(model, new Sgd(model.Parameters), 1);
        Assert.Equal("Parameter 0.weight now belongs to another optimizer: give each parameter to one optimizer only.",
            Assert.Throws<InvalidOperationException>(() => Train(model, first, 1)).Message);
    }

    [Fact]
    public void Gradients_of_several_batches_accumulate_to_that_of_one()
    {
        Layer model = Model();
        (Tensor x, Tensor labels) = Spirals();
        float[] once = Gradient(model, x, labels, 1), twice = Gradient(model, x, labels, 2);
        for (int i = 0; i < once.Length; i++)
            Assert.Equal(2 * once[i], twice[i], 1e-6);
    }

    static float[] Gradient(Layer model, Tensor x, Tensor labels, int times)
    {
        var optimizer = new Sgd(model.Parameters, 0);
        for (int i = 0; i < times; i++)
        {
            using var step = Tape.Begin();
            Loss.Compute(model.Forward(x), labels).Backward(BackwardOptions.Accumulate);
        }
        float[] gradients = optimizer.Slab.Gradients<float>().ToArray();
        optimizer.Step();
        return gradients;
    }

    [Fact]
    public void A_learning_rate_that_is_no_rate_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(Model().Parameters, -0.1));
        Assert.StartsWith("The learning rate of Adam is a number from 0, e.g. 0.001.", error.Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(Model().Parameters, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Momentum(Model().Parameters, 0.1, beta: 1));
    }

    [Fact]
    public void Optimizers_print_as_the_code_that_makes_them()
    {
        IReadOnlyList<Parameter> parameters = Model().Parameters;
        Assert.Equal("Sgd(learningRate: 0.1)", new Sgd(parameters, 0.1).ToString());
        Assert.Equal("Momentum(learningRate: 0.1, beta: 0.8)", new Momentum(parameters, 0.1, 0.8).ToString());
        Assert.Equal("Adam(learningRate: 0.001, before: [ClipNorm(1), L2(0.1, samples: 100)])",
            new Adam(parameters) { GradientTransforms = { new ClipNorm(1), new L2(0.1, 100) } }.ToString());
    }
}
