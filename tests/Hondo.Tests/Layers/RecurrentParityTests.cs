using System.Text.Json;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;
using Hondo.Tests.Golden;

namespace Hondo.Tests.Layers;

/// <summary>Recurrent layers in float64 against PyTorch: outputs, states at the end, and every gradient.</summary>
public sealed class RecurrentParityTests
{
    public static TheoryData<string> Cases => ParityFile.Folder is null ? [] : [.. ParityFile.Names("recurrent")];

    [ParityTheory, MemberData(nameof(Cases))]
    public void Values_and_gradients_are_those_of_PyTorch(string name)
    {
        ParityCase golden = ParityFile.Case(name);
        bool isCell = golden.Op.EndsWith("cell", StringComparison.Ordinal);
        Recurrent layer = Make(golden, isCell);
        layer.To(DType.Float64);
        foreach (Parameter parameter in layer.Parameters)
            parameter.Set(golden.Tensor("inputs", Key(parameter, isCell)).ToTensor());
        using var step = new Tape().Open(new StepInfo(Mode.Training, 1, 1));
        bool isBatchFirst = golden.Is("batch_first");
        Tensor x = Watch(golden, "x"), h0 = default, c0 = default;
        Tensor sequences = isCell ? x.Reshape([x.Shape[0], 1, x.Shape[1]])
            : isBatchFirst ? x : x.Permute(1, 0, 2);
        Tensor? start = null;
        if (golden.Has("inputs", isCell ? "h" : "h0"))
        {
            h0 = Watch(golden, isCell ? "h" : "h0");
            if (layer is Lstm)
                c0 = Watch(golden, isCell ? "c" : "c0");
            start = Join(h0, c0, layer);
        }
        Tensor y = layer.Forward(sequences, start, out Tensor final, Mask(golden, sequences));
        Tensor loss = Tensor.Scalar(0.0);
        foreach (JsonProperty output in golden.Json.GetProperty("outputs").EnumerateObject())
        {
            Tensor actual = output.Name switch
            {
                "y" => isBatchFirst ? y : y.Permute(1, 0, 2),
                "cn" or "c_next" => States(final, layer, 1),
                _ => States(final, layer, 0),
            };
            ParityTensor expected = golden.Tensor("outputs", output.Name);
            AssertClose(output.Name, expected.Values, actual.ToArray<double>());
            loss += (actual.Reshape(expected.Shape) * golden.Tensor("gouts", output.Name).ToTensor()).Sum();
        }
        loss.Backward();
        CompareGradients(golden, layer, x, start is null ? [] : layer is Lstm ? [h0, c0] : [h0]);
    }

    static void CompareGradients(ParityCase golden, Recurrent layer, Tensor x, Tensor[] states)
    {
        bool isCell = golden.Op.EndsWith("cell", StringComparison.Ordinal);
        AssertClose("x", golden.Tensor("grads", "x").Values, x.Gradient.ToArray<double>());
        string[] keys = isCell ? ["h", "c"] : ["h0", "c0"];
        for (int i = 0; i < states.Length; i++)
            AssertClose(keys[i], golden.Tensor("grads", keys[i]).Values, states[i].Gradient.ToArray<double>());
        foreach (Parameter parameter in layer.Parameters)
            AssertClose(parameter.Name, golden.Tensor("grads", Key(parameter, isCell)).Values,
                parameter.Gradient.ToArray<double>());
    }

    static Recurrent Make(ParityCase golden, bool isCell)
    {
        int[] weight = golden.Tensor("inputs", isCell ? "weight_ih" : "weight_ih_l0").Axes;
        int hidden = golden.Tensor("inputs", isCell ? "weight_hh" : "weight_hh_l0").Axes[1];
        int layers = isCell ? 1 : (int)golden["layers"];
        bool bias = golden.Has("inputs", isCell ? "bias_ih" : "bias_ih_l0"), both = golden.Is("bidirectional");
        return golden.Op[..3] switch
        {
            "lst" => new Lstm(weight[1], hidden, layers, bidirectional: both, bias: bias),
            "gru" => new Gru(weight[1], hidden, layers, bidirectional: both, bias: bias),
            _ => new Rnn(weight[1], hidden, layers, golden.Text("nonlinearity") == "relu"
                ? RnnActivation.Relu : RnnActivation.Tanh, bidirectional: both, bias: bias),
        };
    }

    static string Key(Parameter parameter, bool isCell) =>
        isCell ? parameter.Name[..^"_l0".Length] : parameter.Name;

    static Tensor Watch(ParityCase golden, string key) => Tape.Watch(golden.Tensor("inputs", key).ToTensor());

    // PyTorch keeps all h [layers, batch, hidden], then all c; here each sequence keeps h and c of layer after layer.
    static Tensor Join(Tensor h, Tensor c, Recurrent layer)
    {
        Shape shape = layer.StateShape(h.Shape[^2]);
        Tensor byLayer = h.Reshape([h.Size / h.Shape[^2] / h.Shape[^1], 1, h.Shape[^2], h.Shape[^1]]);
        if (layer is Lstm)
            byLayer = Tensor.Concat(1, byLayer, c.Reshape(byLayer.Shape));
        return byLayer.Permute(2, 0, 1, 3).Reshape(shape);
    }

    static Tensor States(Tensor final, Recurrent layer, int which)
    {
        int kinds = layer is Lstm ? 2 : 1;
        return final.Reshape([final.Shape[0], final.Shape[1] / kinds, kinds, final.Shape[2]])
            .Permute(2, 1, 0, 3).Slice(which);
    }

    static Tensor? Mask(ParityCase golden, Tensor x)
    {
        if (!golden.Has("inputs", "lengths"))
            return null;
        double[] lengths = golden.Tensor("inputs", "lengths").Values;
        int steps = x.Shape[1];
        return Tensor.Of([.. lengths.SelectMany(length => Enumerable.Range(0, steps).Select(t => t < length ? 1 : 0))],
            [x.Shape[0], steps]);
    }

    static void AssertClose(string what, double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-11,
                $"{what}, number {i}: {actual[i]:R} instead of {expected[i]:R}");
    }
}
