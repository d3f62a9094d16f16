using Google.Protobuf;
using Hondo.Onnx.Import;
using Hondo.Onnx.Values;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Tests;

/// <content>The graph with gradients.</content>
sealed partial class TextGraph
{
    /// <summary>Writes the graph, lets it be used, and takes it away.</summary>
    public T Use<T>(Func<string, T> use)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, _model.ToByteArray());
            return use(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The graph with its weights.</summary>
    public OnnxGraph Load() => Use(OnnxGraph.Load);

    /// <summary>Compares the derivatives of all floating outputs with finite differences, in float64: some of each
    /// weight, and some of each floating input.</summary>
    /// <param name="values">A value for each input, as for Compare.</param>
    /// <returns>How many were compared.</returns>
    public int CheckGradients(params string[] values)
    {
        OnnxGraph graph = Load();
        graph.Weights.To(DType.Float64);
        var inputs = new Dictionary<string, Tensor>();
        List<Parameter> changed = [.. graph.Weights.Parameters];
        foreach ((string text, (string name, _)) in values.Zip(graph.Inputs))
        {
            OnnxTensor value = Value(text);
            var shape = Shape.Create(value.Dims);
            if (value.IsFloat)
                changed.Add(Parameter.Of(Tensor.Of(value.Numbers, shape)));
            inputs[name] = value.IsFloat ? changed[^1].Value : Tensor.Of(value.AsInts(), shape);
        }
        using (Tape.Begin(Mode.Inference))
            Loss(graph, inputs).Backward();
        double[][] exact = [.. changed.Select(one => one.Gradient.ToArray<double>())];
        int count = 0;
        foreach ((Parameter one, double[] gradient) in changed.Zip(exact))
            for (int i = 0; i < gradient.Length; i += Math.Max(1, gradient.Length / 3), count++)
            {
                double numeric = Slope(one, i, () => Loss(graph, inputs).Item);
                Assert.True(Math.Abs(numeric - gradient[i]) <= 1e-6 * Math.Max(1, Math.Abs(numeric)),
                    $"{one.Name} {one.Shape} at {i}: {gradient[i]}, but differences say {numeric}");
            }
        return count;
    }

    static double Slope(Parameter one, int i, Func<double> loss)
    {
        const double Step = 1e-5;
        double center = one.Values<double>()[i];
        double At(double x)
        {
            one.Values<double>()[i] = x;
            return loss();
        }
        double slope = (At(center + Step) - At(center - Step)) / (2 * Step);
        one.Values<double>()[i] = center;
        return slope;
    }

    // A different factor for each number: an error in any place shows.
    static Tensor Loss(OnnxGraph graph, IReadOnlyDictionary<string, Tensor> inputs)
    {
        Tensor loss = Tensor.Zeros([], DType.Float64);
        foreach (Tensor y in graph.Run(inputs).Values.Where(y => y.DType.IsFloating))
            loss += (y * Tensor.Of([.. Enumerable.Range(0, y.Size).Select(i => Math.Cos(i * 0.7) + 0.2)], y.Shape))
                .Sum();
        return loss;
    }

    /// <summary>Compares the ops with gradients with the evaluator.</summary>
    void CompareTape(string path, OnnxTensor[] inputs, OnnxValue?[] expected, double tolerance)
    {
        OnnxGraph graph = OnnxGraph.Load(path);
        IReadOnlyDictionary<string, Tensor> ours = graph.Run(graph.Inputs.Zip(inputs).ToDictionary(
            pair => pair.First.Name, pair => Bridge.ToTensor(pair.Second, isFeaturesLast: true)));
        OnnxTensor[] all = [.. graph.Outputs.Select((output, i) => Bridge.ToPlainValue(ours[output.Name],
            new("", "tensor", ((OnnxTensor)expected[i]!).Type, null)))];
        Compare(all, [.. expected.Cast<OnnxTensor>().Select(one =>
            (one.Dims.ToArray().Select(n => (long)n).ToArray(), one.AsNumbers()))], Math.Max(tolerance, 2e-5));
    }
}
