using Hondo.Layers;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Tests.Tensors;

/// <summary>Steps, gradients and sums of gradients: what was silent is an error, or right.</summary>
public sealed class LoudStepTests
{
    static Tensor Row => Tensor.Of([1f, 2f], [1, 2]);

    [Fact]
    public void A_step_that_has_ended_cannot_end_another_one()
    {
        var tape = new Tape();
        Tape.Scope first = tape.Open(new(Mode.Training, 1, 1));
        first.Dispose();
        using Tape.Scope second = tape.Open(new(Mode.Training, 1, 2));
        string? message = null;
        try
        {
            first.Dispose();
        }
        catch (InvalidOperationException error)
        {
            message = error.Message;
        }
        Assert.StartsWith("This step has ended already", message, StringComparison.Ordinal);
        Assert.Same(tape, Tape.Active);
    }

    [Fact]
    public void A_reading_that_has_ended_cannot_end_another_one()
    {
        var model = new Lstm(2, 3);
        var memory = new RecurrentState(model, 1);
        RecurrentState.Reading first = memory.Begin();
        Assert.Throws<InvalidOperationException>(() => memory.Begin());
        first.Dispose();
        Assert.Throws<InvalidOperationException>(first.Dispose);
        var past = new KeyValueCaches(new MultiHeadAttention(4, 2, causal: true), 5);
        KeyValueCaches.Reading reading = past.Begin();
        reading.Dispose();
        Assert.Throws<InvalidOperationException>(reading.Dispose);
    }

    [Fact]
    public void A_loss_through_a_gradient_is_an_error_and_not_a_constant()
    {
        var layer = new Linear(2, 1);
        using Tape.Scope step = new Tape().Open(new(Mode.Training, 1, 1));
        Tensor x = Tape.Watch(Row);
        layer.Forward(x).Square().Sum().Backward();
        Tensor penalty = x.Gradient.Square().Sum(), loss = layer.Forward(x).Sum() + penalty;
        Assert.Contains("gradient", Assert.Throws<InvalidOperationException>(() => loss.Backward()).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => penalty.Backward());
        // Said to be a constant, it is one.
        (layer.Forward(x).Sum() + x.Gradient.Detach().Square().Sum()).Backward();
        Assert.Equal([1f, 2f], layer.Weight.Gradient.ToArray<float>());
    }

    [Fact]
    public void A_gradient_of_an_earlier_step_is_a_constant()
    {
        var layer = new Linear(2, 1);
        var tape = new Tape();
        Tensor gradient;
        using (tape.Open(new(Mode.Training, 1, 1)))
        {
            layer.Forward(Row).Sum().Backward();
            gradient = layer.Weight.Gradient;
        }
        using (tape.Open(new(Mode.Training, 1, 2)))
            (layer.Forward(Row).Sum() + gradient.Sum()).Backward();
        Assert.Equal([1f, 2f], layer.Weight.Gradient.ToArray<float>());
    }

    [Fact]
    public void A_sum_of_gradients_has_nothing_of_another_loss_that_was_used()
    {
        Linear generator = new(2, 2), critic = new(2, 1);
        Optimizer trainsGenerator = new Sgd(generator.Parameters, 0), trainsCritic = new Sgd(critic.Parameters, 0);
        for (int i = 0; i < 2; i++)
        {
            using (Tape.Begin())
            {
                (critic.Forward(generator.Forward(Row)).Sum() * 100).Backward();
                trainsGenerator.Step();
            }
            using (Tape.Begin())
            {
                critic.Forward(Row).Sum().Backward(BackwardOptions.Accumulate);
                critic.Forward(Row * 10).Sum().Backward(BackwardOptions.Accumulate);
                Assert.Equal([11f, 22f], critic.Weight.Gradient.ToArray<float>());
                trainsCritic.Step();
            }
        }
    }

    [Fact]
    public void ZeroGradients_begins_a_sum_anew()
    {
        var layer = new Linear(2, 1);
        var optimizer = new Sgd(layer.Parameters, 0.1);
        foreach (Action zero in new Action[] { layer.ZeroGradients, optimizer.ZeroGradients })
            using (Tape.Begin())
            {
                (layer.Forward(Row).Sum() * 5).Backward();
                zero();
                layer.Forward(Row).Sum().Backward(BackwardOptions.Accumulate);
                Assert.Equal([1f, 2f], layer.Weight.Gradient.ToArray<float>());
            }
        using (Tape.Begin())
        {
            layer.Forward(Row).Sum().Backward();
            optimizer.ZeroGradients();
            Assert.Throws<InvalidOperationException>(optimizer.Step);
        }
    }
}
