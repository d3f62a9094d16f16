using Hondo.Ops;
using Hondo.Tensors;
using Hondo.Tests.Golden;
using Linear = Hondo.Layers.Linear;

namespace Hondo.Tests.Layers;

public sealed class LinearParityTests
{
    public static IEnumerable<object[]> Cases => ParityFile.Names("layer")
        .Where(name => ParityFile.Case(name).Op == "linear" && ParityFile.Case(name).Has("inputs", "input"))
        .Select(name => new object[] { name });

    [ParityTheory]
    [MemberData(nameof(Cases))]
    public void Values_and_gradients_are_those_of_PyTorch(string name)
    {
        ParityCase golden = ParityFile.Case(name);
        ParityTensor weight = golden.Tensor("inputs", "weight");
        var layer = new Linear(weight.Axes[1], weight.Axes[0], bias: golden.Has("inputs", "bias"));
        layer.To(DType.Float64);
        layer.Weight.Set(weight.ToTensor());
        layer.Bias?.Set(golden.Tensor("inputs", "bias").ToTensor());
        ParityTensor above = golden.Only("gouts");
        using var step = Tape.Begin();
        Tensor x = Tape.Watch(golden.Tensor("inputs", "input").ToTensor()), y = layer.Forward(x);
        AssertClose(golden.Only("outputs").Values, y.ToArray<double>());
        (y * above.ToTensor()).Sum().Backward();
        AssertClose(golden.Tensor("grads", "input").Values, x.Gradient.ToArray<double>());
        AssertClose(golden.Tensor("grads", "weight").Values, layer.Weight.Gradient.ToArray<double>());
        if (layer.Bias is { } bias)
            AssertClose(golden.Tensor("grads", "bias").Values, bias.Gradient.ToArray<double>());
    }

    static void AssertClose(double[] expected, double[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-12);
    }
}
