using Hondo.Gradients;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Storage;
using Hondo.Tensors;

namespace Hondo.Tests.Layers;

/// <summary>Back through time with all at once: layers, directions, a mask with gaps, the state at the end.</summary>
public sealed class RecurrentGradientTests
{
    [Theory]
    [InlineData("Rnn(3, 4, layers: 2, bidirectional: true)")]
    [InlineData("Gru(3, 4, layers: 2, bidirectional: true)")]
    [InlineData("Lstm(3, 4, layers: 2, bidirectional: true)")]
    public void Two_layers_of_five_masked_steps_in_both_directions_have_the_gradients_of_finite_differences(string text)
    {
        var layer = new Masked((Recurrent)ModelText.Parse(text),
            Tensor.Of([1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 1, 1, 0], [3, 5]));
        Tensor x = Tensor.Of([.. Enumerable.Range(0, 45).Select(i => Math.Sin(1 + (i * 1.7)))], [3, 5, 3]);
        GradientReport report = Gradient.Check(layer, x);
        Assert.True(report.IsWithin(1e-8), report.ToString());
    }

    sealed class Masked(Recurrent inner, Tensor mask) : Layer
    {
        protected override Tensor Run(Tensor x)
        {
            Tensor y = inner.Forward(x, null, out Tensor final, mask);
            return Tensor.Concat(0, y.Reshape([y.Size]), final.Reshape([final.Size]));
        }

        protected internal override void Parts(Parts parts) => parts.Add(inner);
    }
}
