using Hondo.Autograd;
using Hondo.Initializers;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Layers;

/// <summary>Gradients through two layers and five steps, in both directions, with masks and with states.</summary>
public sealed class RecurrentGradientTests
{
    static readonly int[] Lengths = [5, 2, 4];

    public static TheoryData<string> Kinds =>
    [
        "Rnn(3, 4, layers: 2, bidirectional: true)", "Lstm(3, 4, layers: 2, bidirectional: true)",
        "Gru(3, 4, layers: 2, bidirectional: true)", "Lstm(3, 17, layers: 2)", "Gru(3, 17, layers: 2, bias: false)",
    ];

    [Theory, MemberData(nameof(Kinds)), Trait("Category", "GradCheck")]
    public void Gradients_of_outputs_and_states_equal_finite_differences(string text)
    {
        var layer = new WithStates((Recurrent)Hondo.Serialization.ModelText.Parse(text));
        Tensor x = Tensor.Of([.. Enumerable.Range(0, 45).Select(i => 2 * Math.Sin(1 + i * 1.7))], [3, 5, 3]);
        GradientReport report = Gradient.Check(layer, x);
        Assert.True(report.IsWithin(1e-7), report.ToString());
    }

    /// <summary>A recurrent layer from a state that is learned, over sequences of several lengths.</summary>
    sealed class WithStates(Recurrent body) : Layer
    {
        readonly Parameter _start = new(body.StateShape(Lengths.Length), new Uniform(-1, 1));
        readonly Tensor _mask = Tensor.Of(
            [.. Lengths.SelectMany(length => Enumerable.Range(0, 5).Select(t => t < length ? 1 : 0))], [3, 5]);

        protected override Tensor Run(Tensor x)
        {
            Tensor y = body.Forward(x, _start, out Tensor final, _mask);
            return Tensor.Concat(0, y.Reshape([y.Size]), final.Reshape([final.Size]));
        }

        protected internal override void Parts(Parts parts) => parts.Add(body).Add(_start);
    }
}
