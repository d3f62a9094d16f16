using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Tests.Optimizers;

public sealed class UpdateStepTests
{
    static (Parameter Weight, Parameter Bias, Sgd Optimizer) Make(params IUpdateStep[] before)
    {
        Parameter weight = Parameter.Of(Tensor.Of(new[,] { { 2.0, -4.0, 0 } })), bias = Parameter.Of(Tensor.Of([8.0]));
        var optimizer = new Sgd([weight, bias], 0.5);
        foreach (IUpdateStep step in before)
            optimizer.GradientTransforms.Add(step);
        return (weight, bias, optimizer);
    }

    static (double[] Weight, double[] Bias) After(double gradient, params IUpdateStep[] before)
    {
        (Parameter weight, Parameter bias, Sgd optimizer) = Make(before);
        optimizer.Slab.Gradients<double>()[optimizer.Slab.RangeOf(0)].Fill(gradient);
        optimizer.Slab.Gradients<double>()[optimizer.Slab.RangeOf(1)].Fill(gradient);
        weight.Leaf.HasFreshGradient = bias.Leaf.HasFreshGradient = true;
        optimizer.Step();
        return (weight.Value.ToArray<double>(), bias.Value.ToArray<double>());
    }

    [Fact]
    public void L2_pulls_weights_but_not_biases_by_lambda_over_m()
    {
        (double[] weight, double[] bias) = After(0, new L2(0.4, samples: 2));
        Assert.Equal([2 - (0.5 * 0.2 * 2), -4 + (0.5 * 0.2 * 4), 0], weight);
        Assert.Equal([8], bias);
    }

    [Fact]
    public void L1_pulls_every_weight_by_the_same_and_leaves_zeros()
    {
        (double[] weight, double[] bias) = After(0, new L1(0.2));
        Assert.Equal([1.9, -3.9, 0], weight);
        Assert.Equal([8], bias);
    }

    [Fact]
    public void Penalties_report_what_they_add_to_the_loss()
    {
        ParameterSlab slab = Make().Optimizer.Slab;
        Assert.Equal(0.4 / 4 * 20, new L2(0.4, samples: 2).Of(slab), 1e-12);
        Assert.Equal(0.4 / 2 * 6, new L1(0.4, samples: 2).Of(slab), 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_gradient_of_a_penalty_is_its_derivative(int which)
    {
        IPenalty penalty = which == 0 ? new L1(0.3, 5) : new L2(0.3, 5);
        ParameterSlab slab = Make().Optimizer.Slab;
        penalty.Apply<double>(slab, 0);
        for (int i = 0; i < 2; i++)
        {
            double before = slab.Values<double>()[i], analytic = slab.Gradients<double>()[i];
            slab.Values<double>()[i] = before + 1e-4;
            double above = penalty.Of(slab);
            slab.Values<double>()[i] = before - 1e-4;
            Assert.Equal((above - penalty.Of(slab)) / 2e-4, analytic, 1e-9);
            slab.Values<double>()[i] = before;
        }
    }

    [Fact]
    public void Decoupled_decay_shrinks_weights_by_the_rate_times_lambda()
    {
        (double[] weight, double[] bias) = After(0, new DecoupledDecay(0.1));
        Assert.Equal([2 * 0.95, -4 * 0.95, 0], weight);
        Assert.Equal([8], bias);
    }

    [Fact]
    public void What_is_marked_as_not_decayed_is_left_alone()
    {
        (Parameter weight, _, Sgd optimizer) = Make(new L2(1), new DecoupledDecay(1));
        weight.IsDecayed = false;
        weight.Leaf.HasFreshGradient = true;
        optimizer.Step();
        Assert.Equal([2, -4, 0], weight.Value.ToArray<double>());
    }

    [Fact]
    public void Clipping_by_value_limits_each_number() =>
        Assert.Equal([1.5, -4.5, -0.5], After(3, new ClipValue(1)).Weight);

    [Fact]
    public void Clipping_by_norm_limits_the_whole_gradient_and_keeps_its_direction()
    {
        (double[] weight, double[] bias) = After(3, new ClipNorm(1));
        Assert.Equal([2 - 0.25, -4 - 0.25, -0.25], weight, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(8 - 0.25, bias[0], 1e-6);
    }

    [Fact]
    public void A_gradient_within_the_norm_is_left_alone() =>
        Assert.Equal([1.5, -4.5, -0.5], After(1, new ClipNorm(100)).Weight);

    [Fact]
    public void Steps_are_taken_in_their_order() =>
        Assert.NotEqual(After(3, new ClipValue(1), new L2(1)).Weight, After(3, new L2(1), new ClipValue(1)).Weight);
}
