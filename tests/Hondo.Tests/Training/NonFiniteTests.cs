using Hondo.Data;
using Hondo.Optimizers;
using Hondo.Tensors;
using Hondo.Training;
using CrossEntropy = Hondo.Losses.CrossEntropy;
using Layer = Hondo.Layers.Layer;
using Linear = Hondo.Layers.Linear;
using Relu = Hondo.Layers.Relu;
using Sequential = Hondo.Layers.Sequential;

namespace Hondo.Tests.Training;

public sealed class NonFiniteTests
{
    /// <summary>y = x, but NaN or a gradient of NaN from some step on.</summary>
    readonly record struct Broken(long FromStep, bool InBackward) : IOp
    {
        static string IOp.Name => "Broken";

        Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

        void IOp.Forward<T>(Operands<T> x, View<T> y)
        {
            x[0].Data.CopyTo(y.Data);
            if (!InBackward && x.Step.Step >= FromStep)
                y[y.Shape[1] * 2] = T.CreateTruncating(double.NaN);
        }

        void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
        {
            for (int i = 0; i < dy.Length; i++)
                dx[0][i] += dy[i];
            if (InBackward && x.Step.Step >= FromStep)
                dx[0][0] = T.CreateTruncating(double.NaN);
        }
    }

    sealed class BrokenLayer(long fromStep, bool inBackward) : Layer
    {
        protected override Tensor Run(Tensor x) => Tape.Apply(new Broken(fromStep, inBackward), x);

        public override string ToString() => "BrokenLayer()";
    }

    static NonFiniteException Fail(Layer model, double learningRate = 0.01)
    {
        var data = new DataSplits(Tasks.Clouds(300));
        return Assert.Throws<NonFiniteException>(() =>
            new Trainer(model.Initialize(1), new CrossEntropy(), new Sgd(model.Parameters, learningRate))
            {
                BatchSize = 10,
            }.Fit(data));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(42)]
    public void A_NaN_in_the_forward_pass_names_step_layer_op_and_sample(int step)
    {
        NonFiniteException error = Fail(
            new Sequential(new Linear(20, 8), new BrokenLayer(step, false), new Linear(8, 3)));
        Assert.Equal((step + 1, "1", "Broken"), (error.Step, error.Layer, error.Op));
        Assert.Contains($"Step {step + 1} (epoch {step / 30 + 1}, batch {step % 30 + 1}): the loss is NaN. It begins "
            + "in layer 1, BrokenLayer(), op Broken, which makes NaN for row ",
            error.Message, StringComparison.Ordinal);
        Assert.Contains("Lower the learning rate (0.01 now)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(42)]
    public void A_NaN_in_the_backward_pass_names_step_layer_and_op(int step)
    {
        NonFiniteException error = Fail(
            new Sequential(new Linear(20, 8), new BrokenLayer(step, true), new Linear(8, 3)));
        Assert.Equal((step + 1, "1", "Broken"), (error.Step, error.Layer, error.Op));
        Assert.Contains("a gradient is NaN or infinite. It begins in the Backward of layer 1, BrokenLayer(), op Broken",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_an_update_made_infinite_are_named()
    {
        NonFiniteException error = Fail(new Sequential(new Linear(20, 8, bias: false), new Relu(),
            new Linear(8, 3, bias: false)), learningRate: 1e30);
        Assert.True(error.Message.Contains("because parameter ", StringComparison.Ordinal)
            || error.Message.Contains("It begins in layer ", StringComparison.Ordinal), error.Message);
    }

    [Fact]
    public void The_model_keeps_the_weights_of_the_last_good_step()
    {
        Layer model = new Sequential(new Linear(20, 8), new BrokenLayer(5, true), new Linear(8, 3));
        Fail(model);
        Assert.All(model.Parameters, p => Assert.All(p.Value.ToArray<float>(), w => Assert.True(float.IsFinite(w))));
    }
}
