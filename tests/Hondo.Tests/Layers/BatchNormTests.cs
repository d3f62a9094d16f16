using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;
using Hondo.Tests.Golden;
using BatchNorm = Hondo.Layers.BatchNorm;
using Relu = Hondo.Layers.Relu;

namespace Hondo.Tests.Layers;

public sealed class BatchNormTests
{
    public static IEnumerable<object[]> Cases => ParityFile.Names("norm")
        .Where(name => ParityFile.Case(name).Op == "batch_norm" && ParityFile.Case(name).Has("inputs", "x"))
        .Select(name => new object[] { name });

    [ParityTheory]
    [MemberData(nameof(Cases))]
    public void Values_gradients_and_running_statistics_are_those_of_PyTorch(string name)
    {
        ParityCase golden = ParityFile.Case(name);
        BatchNorm layer = Layer(golden);
        layer.Mean.Set(golden.Tensor("inputs", "running_mean").ToTensor());
        layer.Variance.Set(golden.Tensor("inputs", "running_var").ToTensor());
        using var step = Tape.Begin(golden.Is("training") ? Mode.Training : Mode.Inference);
        Tensor x = Tape.Watch(golden.Tensor("inputs", "x").ToTensor()), y = Apply(layer, x);
        AssertClose(golden.Tensor("outputs", "y"), y);
        AssertClose(golden.Tensor("outputs", "new_running_mean"), layer.Mean.Value);
        AssertClose(golden.Tensor("outputs", "new_running_var"), layer.Variance.Value);
        (y * golden.Tensor("gouts", "y").ToTensor()).Sum().Backward();
        AssertClose(golden.Tensor("grads", "x"), x.Gradient);
        if (layer.Scale is null)
            return;
        AssertClose(golden.Tensor("grads", "weight"), layer.Scale.Gradient);
        AssertClose(golden.Tensor("grads", "bias"), layer.Shift!.Gradient);
    }

    [ParityTheory]
    [InlineData("norm/batch2d_two_steps_then_eval")]
    public void Two_steps_and_then_use_are_those_of_PyTorch(string name)
    {
        ParityCase golden = ParityFile.Case(name);
        BatchNorm layer = Layer(golden);
        Tensor x1 = golden.Tensor("inputs", "x1").ToTensor(), x2 = golden.Tensor("inputs", "x2").ToTensor();
        using (Tape.Begin())
            AssertClose(golden.Tensor("outputs", "y1"), Apply(layer, x1));
        using (Tape.Begin())
            AssertClose(golden.Tensor("outputs", "y2"), Apply(layer, x2));
        AssertClose(golden.Tensor("outputs", "running_mean"), layer.Mean.Value);
        AssertClose(golden.Tensor("outputs", "running_var"), layer.Variance.Value);
        AssertClose(golden.Tensor("outputs", "y_eval"), Apply(layer, x1));
    }

    [Fact]
    public void Running_statistics_follow_each_step_once_whether_it_is_recorded_or_played_again()
    {
        var layer = new BatchNorm(2, momentum: 0.5);
        var tape = new Tape();
        Tensor x = Tensor.Of([1f, 10, 3, 30], [2, 2]);
        for (int count = 1; count <= 4; count++)
        {
            using (tape.Open(new(Mode.Training, 1, count)))
                layer.Forward(x).Sum().Backward();
            Assert.Equal(2 * (1 - Math.Pow(0.5, count)), layer.Mean.Values<float>()[0], 1e-6);
        }
        float before = layer.Mean.Values<float>()[0];
        using (tape.Open(new(Mode.Inference, 1, 5)))
            layer.Forward(x);
        layer.Forward(x);
        Assert.Equal(before, layer.Mean.Values<float>()[0]);
    }

    [Fact]
    public void The_courses_formula_holds()
    {
        Tensor x = Tensor.Of([1.0, 2, 4, 9], [4, 1]);
        var layer = new BatchNorm(1);
        layer.To(DType.Float64);
        layer.Scale!.Set(Tensor.Of([2.0]));
        layer.Shift!.Set(Tensor.Of([0.5]));
        using var step = Tape.Begin();
        // μ = 4, σ² = (9 + 4 + 0 + 25) / 4
        double[] expected = [.. new[] { 1.0, 2, 4, 9 }.Select(v => (2 * (v - 4) / Math.Sqrt(9.5 + 1e-5)) + 0.5)];
        double[] y = layer.Forward(x).ToArray<double>();
        for (int i = 0; i < y.Length; i++)
            Assert.Equal(expected[i], y[i], 1e-12);
    }

    [Fact]
    public void A_ReLU_behind_it_is_computed_with_it_bit_for_bit()
    {
        Layer norm = new BatchNorm(6), plain = new BatchNorm(6);
        var both = new Sequential(norm, new Relu());
        Tensor x = Tensor.Of([.. Enumerable.Range(0, 60).Select(i => (float)Math.Sin(i))], [10, 6]);
        using var step = Tape.Begin();
        Tensor watched = Tape.Watch(x), other = Tape.Watch(x);
        Tensor fused = both.Forward(watched), apart = plain.Forward(other).Relu();
        Assert.Equal(apart.ToArray<float>(), fused.ToArray<float>());
        Assert.Equal("BatchNormRelu", fused.Node.Name);
        ((fused * fused).Sum() + (apart * apart).Sum()).Backward();
        Assert.Equal(other.Gradient.ToArray<float>(), watched.Gradient.ToArray<float>());
    }

    [Fact]
    public void A_sum_and_a_ReLU_behind_it_are_computed_with_it_bit_for_bit()
    {
        static Layer Body() => new Sequential(new Hondo.Layers.Linear(6, 6), new BatchNorm(6));
        Layer block = new Residual(Body()), plain = new Residual(Body());
        var both = new Sequential(block, new Relu());
        plain.Initialize(3);
        both.Initialize(3);
        foreach (var (mine, other) in both.Parameters.Zip(plain.Parameters))
            mine.Set(other.Value);
        Tensor x = Tensor.Of([.. Enumerable.Range(0, 60).Select(i => (float)Math.Sin(i))], [10, 6]);
        using var step = Tape.Begin();
        Tensor watched = Tape.Watch(x), other2 = Tape.Watch(x);
        Tensor fused = both.Forward(watched), apart = plain.Forward(other2).Relu();
        Assert.Equal(apart.ToArray<float>(), fused.ToArray<float>());
        Assert.Equal("BatchNormAddRelu", fused.Node.Name);
        ((fused * fused).Sum() + (apart * apart).Sum()).Backward();
        Assert.Equal(other2.Gradient.ToArray<float>(), watched.Gradient.ToArray<float>());
    }

    [Fact]
    public void Numbers_far_from_0_keep_their_digits()
    {
        float[] x = [.. Enumerable.Range(0, 20_000).Select(i => 10_000 + (float)Math.Sin(i))];
        using var step = Tape.Begin();
        double[] y = new BatchNorm(1).Forward(Tensor.Of(x, [20_000, 1])).ToArray<double>();
        Assert.Equal(0, y.Average(), 1e-3);
        Assert.Equal(1, y.Average(v => v * v), 1e-2);
    }

    [Fact]
    public void Channels_that_do_not_fit_are_refused_with_the_mend()
    {
        var error = Assert.Throws<ShapeException>(() => new BatchNorm(3).Forward(Tensor.Zeros([2, 4, 4, 8])));
        Assert.Contains("Make it BatchNorm(8)", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchNorm(3, epsilon: 0));
    }

    static BatchNorm Layer(ParityCase golden)
    {
        ParityTensor x = golden.Tensor("inputs", golden.Has("inputs", "x") ? "x" : "x1");
        bool affine = golden.Has("inputs", "weight");
        var layer = new BatchNorm(x.Axes[1], golden["momentum"], golden["eps"], affine);
        layer.To(DType.Float64);
        if (affine)
            layer.Scale!.Set(golden.Tensor("inputs", "weight").ToTensor());
        if (affine)
            layer.Shift!.Set(golden.Tensor("inputs", "bias").ToTensor());
        return layer;
    }

    static Tensor Apply(BatchNorm layer, Tensor x) =>
        x.Shape.Rank == 2 ? layer.Forward(x) : OpParityPooling.Last(x, layer.Forward);

    static void AssertClose(ParityTensor expected, Tensor actual)
    {
        double[] numbers = actual.ToArray<double>();
        for (int i = 0; i < numbers.Length; i++)
            Assert.Equal(expected.Values[i], numbers[i], 1e-10);
    }
}
