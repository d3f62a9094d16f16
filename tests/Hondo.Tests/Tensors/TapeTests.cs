using Hondo.Tensors;

namespace Hondo.Tests.Tensors;

public sealed class TapeTests
{
    static Parameter Weights(params float[] values) => Parameter.Of(Tensor.Of(values));

    [Fact]
    public void Backward_gives_the_gradient_of_a_product()
    {
        Parameter w = Weights(2, 3);
        Tensor x = Tensor.Of([5f, 7f]);
        using var step = Tape.Begin();
        w.Value.Times(x).Total().Backward();
        Assert.Equal([5f, 7f], w.Gradient.ToArray<float>());
    }

    [Fact]
    public void An_operand_used_twice_receives_both_gradients()
    {
        Parameter w = Weights(3);
        using var step = Tape.Begin();
        Tensor twice = w.Value.Scaled(2);
        twice.Times(twice).Total().Backward();
        Assert.Equal(24, w.Gradient.Item);
    }

    [Fact]
    public void A_branch_adds_to_the_gradient_of_the_other()
    {
        Parameter w = Weights(3);
        using var step = Tape.Begin();
        Tensor middle = w.Value.Scaled(2);
        middle.Scaled(5).Times(middle.Scaled(7)).Total().Backward();
        Assert.Equal(2 * 35 * 4 * 3, w.Gradient.Item);
    }

    [Fact]
    public void The_next_backward_replaces_the_gradient_unless_told_to_accumulate()
    {
        Parameter w = Weights(3);
        for (int i = 0; i < 2; i++)
        {
            using var step = Tape.Begin();
            w.Value.Scaled(2).Total().Backward();
        }
        Assert.Equal(2, w.Gradient.Item);
        using (Tape.Begin())
            w.Value.Scaled(2).Total().Backward(BackwardOptions.Accumulate);
        Assert.Equal(4, w.Gradient.Item);
    }

    [Fact]
    public void A_repeated_step_allocates_nothing()
    {
        Parameter w = Weights(1, 2, 3);
        Tensor x = Tensor.Of([1f, 2f, 3f]);
        void Step()
        {
            using var step = Tape.Begin();
            w.Value.Times(x).Scaled(0.5).Total().Backward();
        }
        for (int i = 0; i < 50; i++)
            Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Step();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Two_kinds_of_batch_keep_a_recording_each()
    {
        Parameter w = Weights(2);
        Tensor full = Tensor.Of([1f, 2f]), rest = Tensor.Of([4f]);
        double Step(Tensor batch)
        {
            using var step = Tape.Begin();
            Tensor loss = Tape.Apply(new Total(), batch).Times(w.Value.Total());
            loss.Backward();
            return w.Gradient.Item;
        }
        Step(full);
        Step(rest);
        var memory = Tape.Begin();
        long before = memory.Tape.AllocatedBytes;
        memory.Dispose();
        Assert.Equal(3, Step(full));
        Assert.Equal(4, Step(rest));
        memory = Tape.Begin();
        Assert.Equal(before, memory.Tape.AllocatedBytes);
        memory.Dispose();
    }

    [Fact]
    public void A_short_last_batch_lies_in_the_memory_of_the_full_ones()
    {
        Parameter w = Parameter.Of(Tensor.Of([2f]));
        var tape = new Tape();
        Tensor full = Tensor.Ones([64 * 1024]), rest = Tensor.Ones([40 * 1024]), few = Tensor.Ones([16]);
        double Step(Tensor batch)
        {
            using var step = tape.Open(new StepInfo(Mode.Training, 1, 1));
            Tensor loss = batch.Scaled(3).Total().Times(w.Value.Total());
            loss.Backward();
            return w.Gradient.Item;
        }
        Step(full);
        long before = tape.AllocatedBytes;
        Assert.Equal(3.0 * 40 * 1024, Step(rest));
        Assert.Equal(before, tape.AllocatedBytes);
        Assert.Equal(48, Step(few));
        Assert.Equal(3.0 * 64 * 1024, Step(full));
        Assert.Equal(3.0 * 40 * 1024, Step(rest));
        Assert.InRange(tape.AllocatedBytes, before, before + 4096);
    }

    [Fact]
    public void A_step_that_takes_another_path_is_recorded_again()
    {
        Parameter w = Weights(2);
        double Step(int depth)
        {
            using var step = Tape.Begin();
            Tensor y = w.Value.Scaled(1);
            for (int i = 0; i < depth; i++)
                y = y.Times(w);
            y.Total().Backward();
            return w.Gradient.Item;
        }
        Assert.Equal(4, Step(1));
        Assert.Equal(32, Step(3));
        Assert.Equal(12, Step(2));
        Assert.Equal(1, Step(0));
    }

    [Fact]
    public void Numbers_made_inside_a_step_are_refilled_in_the_next()
    {
        Parameter w = Weights(2);
        double Step(float value)
        {
            using var step = Tape.Begin();
            Tensor x = Tensor.Of([value]);
            x.Times(w).Total().Backward();
            return w.Gradient.Item;
        }
        Assert.Equal(5, Step(5));
        Assert.Equal(7, Step(7));
    }

    [Fact]
    public void Gradients_share_memory_down_a_long_chain()
    {
        Parameter w = Parameter.Of(Tensor.Zeros([1000]));
        var tape = new Tape();
        using (tape.Open(new StepInfo(Mode.Training, 1, 1)))
        {
            Tensor y = w;
            for (int i = 0; i < 100; i++)
                y = y.Scaled(1);
            y.Total().Backward();
        }
        // 100 values of 4,032 bytes, and two of gradient memory that take turns.
        Assert.InRange(tape.AllocatedBytes, 100 * 4032, 103 * 4032);
    }

    [Fact]
    public void A_hundred_thousand_calls_go_backward_without_a_deep_stack()
    {
        Parameter w = Weights(1);
        using var step = new Tape().Open(new StepInfo(Mode.Training, 1, 1));
        Tensor y = w;
        for (int i = 0; i < 100_000; i++)
            y = y.Scaled(1);
        y.Total().Backward();
        Assert.Equal(1, w.Gradient.Item);
    }
}
