using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Tests.Golden;

/// <summary>Whole trainings, step by step as PyTorch's.</summary>
public sealed class TrainingParityTests
{
    public static IEnumerable<object[]> Cases => ParityFile.Names("training")
        .Where(name => name.EndsWith("mlp_sgd", StringComparison.Ordinal)).Select(name => new object[] { name });

    [ParityTheory]
    [MemberData(nameof(Cases))]
    public void A_perceptron_of_three_layers_takes_the_same_steps(string name)
    {
        ParityCase golden = ParityFile.Case(name);
        var model = new Sequential(Layer(golden, 0), new Relu(), Layer(golden, 2), new Tanh(), Layer(golden, 4));
        model.To(DType.Float64);
        foreach (Parameter parameter in model.Parameters)
            parameter.Set(golden.Data($"start.{parameter.Name}").ToTensor());
        var optimizer = new Momentum(model.Parameters, 0.1, 0.9);
        double[] losses = golden.Data("loss").Values;
        for (int i = 0; i < losses.Length; i++)
        {
            using var step = Tape.Begin();
            Tensor loss = new CrossEntropy().Compute(
                model.Forward(golden.Data("x").ToTensor()), golden.Data("y").ToLabels());
            loss.Backward();
            optimizer.Step();
            Assert.Equal(losses[i], loss.Item, 1e-12);
        }
        foreach (Parameter parameter in model.Parameters)
            AssertClose(golden.Data($"end.{parameter.Name}").Values, parameter.Value);
        AssertClose(golden.Data("eval_output").Values, model.Forward(golden.Data("x").ToTensor()));
    }

    static Linear Layer(ParityCase golden, int place)
    {
        int[] axes = golden.Data($"start.{place}.weight").Axes;
        return new Linear(axes[1], axes[0]);
    }

    static void AssertClose(double[] expected, Tensor actual)
    {
        double[] values = actual.ToArray<double>();
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], values[i], 1e-11);
    }
}
