using Hondo.Autograd;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;
using static Hondo.Tests.Ops.Cases.Inputs;

namespace Hondo.Tests.Autograd;

public sealed class GradientPenaltyTests
{
    // PyTorch 1.13, float64: autograd.grad(D(x).sum(), x, create_graph=True), then the loss's gradients.
    const double Penalty = 1.4156113608789216, Loss = 0.15088378999016627;

    static readonly Dictionary<string, double[]> Gradients = new()
    {
        ["0.weight"] = [1.08587044766561, -1.70091010775047, -0.262218823404567, -0.946129085191844,
            1.47204728542475, 0.195713472852313, 2.58405780182524, -1.93292620316956, 0.302102619717476,
            0.525489478981296, 0.0976456578639383, -0.537915657484639],
        ["0.bias"] = [0.744820184973148, -0.555851052508099, 0.827376775407242, 0.641122777811109],
        ["2.weight"] = [-0.202519388422419, -0.567222950906761, -0.810661918029111, 1.61514327345199,
            0.975638005791819, 0.829794363926077, 1.44128322385853, -0.0740763975796008, -0.74832257891721,
            -0.81241631092656, -1.54917990509554, -0.233899661516463, 1.35776888434286, 1.6650134913734,
            1.55677663016012, 0.412596480077378],
        ["2.bias"] = [1.55470180700011, 0.362842200146338, -0.59411545350579, 0.198966109352607],
        ["4.weight"] = [2.11322690302346, -0.394029930745078, 3.40793853215292, -2.05440232649849],
        ["4.bias"] = [1.0],
    };

    static Layer Critic()
    {
        Layer critic = new Sequential(new Linear(3, 4), new LeakyRelu(0.2), new Linear(4, 4), new Tanh(),
            new Linear(4, 1)).To(DType.Float64);
        foreach ((int i, Parameter parameter) in critic.Parameters.Index())
            parameter.Set(Between(-1, 1, parameter.Shape, i));
        return critic;
    }

    // Gulrajani et al. 2017, "Improved training of Wasserstein GANs".
    static Tensor Penalized(Layer critic, Tensor points, out Tensor penalty)
    {
        Tensor x = Tape.Watch(points), y = critic.Forward(x);
        Tensor slope = Tape.Gradient(y.Sum(), x, createGraph: true);
        penalty = 10 * (slope.Norm(1) - 1).Square().Mean();
        return y.Mean() + penalty;
    }

    [Fact]
    public void The_gradient_of_the_penalty_is_that_of_PyTorch()
    {
        Layer critic = Critic();
        Tensor points = Between(-1, 1, [5, 3], 6);
        var tape = new Tape();
        // The third step goes by the recording of the first.
        for (int i = 0; i < 3; i++)
        {
            using Tape.Scope step = tape.Open(new(Mode.Training, 1, i));
            Tensor loss = Penalized(critic, points, out Tensor penalty);
            loss.Backward();
            Assert.Equal(Penalty, penalty.Item, 1e-12);
            Assert.Equal(Loss, loss.Item, 1e-12);
            Assert.All(critic.Parameters, p => Assert.All(Gradients[p.Name].Zip(p.Gradient.ToArray<double>()),
                pair => Assert.Equal(pair.First, pair.Second, 1e-11)));
        }
    }

    [Fact]
    public void A_critic_learns_a_slope_of_one()
    {
        Layer critic = Critic();
        var optimizer = new Hondo.Optimizers.Adam(critic.Parameters, 0.01);
        Tensor points = Between(-1, 1, [20, 3], 6);
        var tape = new Tape();
        double first = 0, last = 0;
        for (int i = 0; i < 200; i++)
        {
            using Tape.Scope step = tape.Open(new(Mode.Training, 1, i));
            _ = Penalized(critic, points, out Tensor penalty);
            penalty.Backward();
            optimizer.Step();
            (first, last) = (i == 0 ? penalty.Item : first, penalty.Item);
        }
        Assert.True(first > 0.5 && last < 0.05, $"{first} and {last}");
    }

    [Fact]
    public void A_Hessian_times_a_vector_is_exact()
    {
        Tensor x = Tensor.Of([0.3, -0.7, 1.1]), v = Tensor.Of([1.0, 2, -1]);
        // f = Σ xᵢ³ + x₀x₁x₂: H = 6·diag(x) + the products.
        double[] product = Gradient.HessianVectorProduct(t => (t * t * t).Sum() + t.Prod(), x, v).ToArray<double>();
        Assert.Equal(6 * 0.3 + 1.1 * 2 - -0.7, product[0], 1e-12);
        Assert.Equal(6 * -0.7 * 2 + 1.1 - 0.3, product[1], 1e-12);
        Assert.Equal(-6 * 1.1 + -0.7 + 0.3 * 2, product[2], 1e-12);
        Assert.Throws<ShapeException>(() => Gradient.HessianVectorProduct(t => t.Sum(), x, Tensor.Of([1.0])));
    }

    [Fact]
    public void Gradients_of_functions_nest()
    {
        // f = x³y: ∂f/∂x = 3x²y, and of that ∂/∂x = 6xy, ∂/∂y = 3x².
        NamedGradient second = Gradient.Of(v => Gradient.Of(w => w["x"].Pow(3) * v["y"], ("x", v["x"])).Of("x"),
            ("x", 2), ("y", 5));
        Assert.Equal(60, second.Value);
        Assert.Equal(60, second["x"], 1e-12);
        Assert.Equal(12, second["y"], 1e-12);
        Assert.Throws<NotSupportedException>(() => Gradient.Of(u => Gradient.Of(
            v => Gradient.Of(w => w["x"].Pow(4), ("x", v["x"])).Of("x"), ("x", u["x"])).Of("x"), ("x", 2)));
    }

    [Fact]
    public void Norms_of_the_gradients_of_single_samples_are_those_of_the_samples()
    {
        Layer model = new Sequential(new Linear(3, 4), new Tanh(), new Linear(4, 1)).To(DType.Float64).Initialize(3);
        Tensor x = Signed([6, 3]), y = Signed([6, 1], 1);
        double[] norms = Gradient.SampleNorms(model, 6, i => model.Forward(x[i..(i + 1)]).SquaredError(y[i..(i + 1)]));
        using Tape.Scope step = new Tape().Open(new(Mode.Training, 1, 1));
        model.Forward(x[2..3]).SquaredError(y[2..3]).Backward();
        Assert.Equal(Math.Sqrt(model.Parameters.Sum(p => p.Gradient.ToArray<double>().Sum(g => g * g))), norms[2],
            1e-12);
        Assert.Equal(6, norms.Distinct().Count());
    }

    [Fact]
    public void What_has_no_right_answer_is_refused()
    {
        using Tape.Scope step = new Tape().Open(new(Mode.Training, 1, 1));
        Tensor x = Tape.Watch(Tensor.Of([1.0, 2])), y = x.Square(), other = Tape.Watch(Tensor.Of([3.0]));
        Assert.Throws<ShapeException>(() => Tape.Gradient(y, x));
        Assert.Contains("does not depend", Assert.Throws<InvalidOperationException>(() =>
            Tape.Gradient(y.Sum(), other)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Tape.Gradient(Parameter.Of(Tensor.Scalar(1.0)), x));
        Tensor watched = Tape.Watch(y);
        Assert.Throws<NotSupportedException>(() => Tape.Gradient(watched.Square().Sum(), x, createGraph: true));
        Tensor penalty = Tape.Gradient(y.Square().Sum(), x, createGraph: true).Square().Sum();
        Assert.Throws<NotSupportedException>(() => penalty.Backward(BackwardOptions.KeepAll));
        Assert.Contains("third order", Assert.Throws<NotSupportedException>(() => Tape.Gradient(penalty, x)).Message,
            StringComparison.Ordinal);
        Tensor constant = Tape.Gradient(y.Square().Sum(), x);
        Assert.Equal([4, 32], constant.ToArray<double>());
        Assert.Throws<InvalidOperationException>(() => constant.Square().Sum().Backward());
    }

    [Fact]
    public void Each_of_many_operands_has_its_own_gradient()
    {
        // Operands from the 32nd on share the last bit of a mask; the 35th is used once more.
        Parameter[] all = [.. Enumerable.Range(0, 40).Select(i => Parameter.Of(Tensor.Of([i + 1.0])))];
        var tape = new Tape();
        for (int i = 0; i < 3; i++)
        {
            using Tape.Scope step = tape.Open(new(Mode.Training, 1, 1));
            Tensor joined = Tensor.Concat(0, [.. all.Select(p => p.Value)]);
            (joined.Square().Sum() + all[34].Value.Sum() * 3).Backward();
            for (int k = 0; k < 40; k++)
                Assert.Equal(2 * (k + 1) + (k == 34 ? 3 : 0), all[k].Gradient.Item);
        }
    }
}
