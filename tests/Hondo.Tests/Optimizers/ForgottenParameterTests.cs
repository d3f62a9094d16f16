using Hondo.Layers;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Tensors;
using Linear = Hondo.Layers.Linear;

namespace Hondo.Tests.Optimizers;

public sealed class ForgottenParameterTests
{
    /// <summary>Forgets to list its second layer.</summary>
    sealed class Net : Layer
    {
        public Linear Listed { get; } = new(2, 2);

        public Linear Forgotten { get; } = new(2, 1);

        protected override Tensor Run(Tensor x) => Forgotten.Forward(Listed.Forward(x));

        protected internal override void Parts(Parts parts) => parts.Add(Listed);
    }

    static void Step(Layer model, Optimizer optimizer)
    {
        using var step = Tape.Begin();
        model.Forward(Tensor.Ones([3, 2])).Mean().Backward();
        optimizer.Step();
    }

    [Fact]
    public void A_parameter_in_the_loss_but_in_no_optimizer_is_an_error_at_the_first_step()
    {
        var net = new Net();
        var error = Assert.Throws<InvalidOperationException>(() => Step(net, new Sgd(net.Parameters)));
        Assert.StartsWith(
            "Parameter Net.linear.weight [1, 2], which Net.linear uses, is in the loss but in no optimizer: "
            + "it would never be trained.", error.Message, StringComparison.Ordinal);
        Assert.Contains("parts.Add(", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frozen_parameter_may_be_left_out()
    {
        var net = new Net();
        net.Forgotten.Weight.IsTrainable = false;
        net.Forgotten.Bias!.IsTrainable = false;
        net.Forward(Tensor.Ones([3, 2]));
        float[] before = net.Forgotten.Weight.Value.ToArray<float>(), listed = net.Listed.Weight.Value.ToArray<float>();
        Step(net, new Sgd(net.Parameters));
        Assert.Equal(before, net.Forgotten.Weight.Value.ToArray<float>());
        Assert.NotEqual(listed, net.Listed.Weight.Value.ToArray<float>());
    }

    [Fact]
    public void Two_optimizers_may_share_a_model()
    {
        var net = new Net();
        var first = new Sgd(net.Listed.Parameters, 0.1);
        var second = new Sgd(net.Forgotten.Parameters, 0.2);
        using var step = Tape.Begin();
        net.Forward(Tensor.Ones([3, 2])).Mean().Backward();
        first.Step();
        second.Step();
        Assert.Equal((1, 1), (first.StepCount, second.StepCount));
    }
}
