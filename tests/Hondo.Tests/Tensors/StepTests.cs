using Hondo.Tensors;

namespace Hondo.Tests.Tensors;

/// <summary>Where a step begins and ends, and what is told to those who forget it.</summary>
public sealed class StepTests
{
    static Parameter Weights(params float[] values) => Parameter.Of(Tensor.Of(values));

    [Fact]
    public void A_tensor_used_after_its_step_tells_how_to_keep_it()
    {
        Parameter w = Weights(2);
        Tensor stale, kept;
        using (Tape.Begin())
        {
            stale = w.Value.Scaled(3);
            kept = stale.Keep();
        }
        Assert.Equal(6, kept.Item);
        var error = Assert.Throws<InvalidOperationException>(() => stale.Shape);
        Assert.Contains("This Scaled tensor [1] was made in step", error.Message, StringComparison.Ordinal);
        Assert.Contains("Call Keep()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_of_several_numbers_or_of_no_parameter_is_refused()
    {
        using var step = Tape.Begin();
        Assert.Contains("Mean()", Assert.Throws<ShapeException>(() => Weights(1, 2).Value.Scaled(2).Backward()).Message,
            StringComparison.Ordinal);
        Tensor constant = Tensor.Of([1f]);
        Assert.Contains("depends on no parameter",
            Assert.Throws<InvalidOperationException>(() => constant.Scaled(2).Backward()).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void Ops_outside_a_step_are_plain_maths()
    {
        Tensor y = Tensor.Of([2f, 3f]).Times(Tensor.Of([5f, 7f]));
        Assert.Equal([10f, 21f], y.ToArray<float>());
        Assert.Contains("Tape.Begin()", Assert.Throws<InvalidOperationException>(() => y.Total().Backward()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_tape_of_ones_own_works_inside_another_step()
    {
        Parameter w = Weights(2);
        using var outer = Tape.Begin();
        Tensor y = w.Value.Scaled(5);
        using (new Tape().Open(new StepInfo(Mode.Inference, 1, 1)))
            w.Value.Scaled(7).Total().Backward();
        Assert.Equal(7, w.Gradient.Item);
        y.Total().Backward();
        Assert.Equal(5, w.Gradient.Item);
        Assert.Throws<InvalidOperationException>(() => { using var again = Tape.Begin(); });
    }

    [Fact]
    public void A_watched_input_has_a_gradient_and_others_say_why_not()
    {
        Tensor x = Tensor.Of([4f]);
        using var step = Tape.Begin();
        Tensor watched = Tape.Watch(x), middle = watched.Scaled(3), loss = middle.Times(middle).Total();
        loss.Backward();
        Assert.Equal(72, watched.Gradient.Item);
        Assert.Contains("KeepAll", Assert.Throws<InvalidOperationException>(() => middle.Gradient).Message,
            StringComparison.Ordinal);
        loss.Backward(BackwardOptions.KeepAll);
        Assert.Equal(24, middle.Gradient.Item);
    }
}
