using Hondo.Layers;
using Hondo.Onnx.Graphs;
using Hondo.Onnx.Import;
using Hondo.Onnx.Values;
using Hondo.Tensors;

namespace Hondo.Onnx;

/// <summary>
/// A graph as its file has it, for models with several inputs or outputs, such as a decoder with its state. Values lie
/// as in the file: images channels first. It runs node by node, and any number of threads may run it; inside a step
/// gradients flow to <see cref="Weights"/>. <see cref="OnnxModel"/> is for models from one input to one output.
/// </summary>
public sealed class OnnxGraph
{
    readonly OnnxModel _model;

    OnnxGraph(OnnxModel model) => _model = model;

    /// <summary>What holds the weights: to list, freeze, optimize, save and load them.</summary>
    public Layer Weights => _model;

    /// <summary>Name and type of each input that must be passed: <c>float [batch, 3, 224, 224]</c>.</summary>
    public IReadOnlyList<(string Name, string Type)> Inputs => [.. _model.Inputs.Select(i => (i.Name, i.ToString()))];

    /// <summary>Name and type of each output.</summary>
    public IReadOnlyList<(string Name, string Type)> Outputs => [.. _model.Outputs.Select(o => (o.Name, o.ToString()))];

    /// <summary>Reads a file.</summary>
    /// <exception cref="OnnxException">It is not an ONNX file, damaged, or has operators that Hondo does not know.
    /// </exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static OnnxGraph Load(string path)
    {
        OnnxFile file = OnnxFile.Read(path), raised = Normalizer.Raise(file);
        IReadOnlyList<string> unknown = OnnxInfo.UnknownIn(raised);
        return unknown.Count == 0 ? new(OnnxModel.Of(file, raised, file.Proto.Graph.Output, ""))
            : throw new OnnxNotSupportedException(
                $"'{Path.GetFileName(path)}' has operators that Hondo does not know: {string.Join(", ", unknown)}. "
                + "Export it again for an older opset, or with standard operators only.");
    }

    /// <summary>The outputs by their names.</summary>
    /// <param name="inputs">A value for each input; whole numbers and Booleans are Int32.</param>
    /// <exception cref="OnnxException">An input is missing or has a name of its own, values do not fit each other, or
    /// an output holds no numbers.</exception>
    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs)
    {
        string[] names = [.. _model.Inputs.Select(input => input.Name)];
        if (names.FirstOrDefault(name => !inputs.ContainsKey(name)) is { } missing)
            throw new OnnxException($"The input '{missing}' is missing. The model takes {string.Join(", ", names)}.");
        if (inputs.Keys.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
            throw new OnnxException($"The model has no input '{unknown}'. It takes {string.Join(", ", names)}.");
        OnnxValue?[] outputs = _model.Run(_model.Inputs.ToDictionary(input => input.Name, input => (OnnxValue?)
            Bridge.ToPlainTapeValue(inputs[input.Name], input)), inputs.Values.Select(x => x.DType)
            .FirstOrDefault(type => type.IsFloating, _model.TypeOfWeights));
        return _model.Outputs.Zip(outputs).ToDictionary(pair => pair.First.Name,
            pair => Bridge.ToTensor(pair.Second, isFeaturesLast: true, pair.First.Name));
    }

    /// <summary>Runs the graph once on zeros, to see that its nodes fit each other.</summary>
    /// <param name="axes">Lengths of axes that have names; 1 where left out.</param>
    /// <returns>Name, type and shape of each output.</returns>
    /// <exception cref="OnnxException">They do not fit; the message names the node.</exception>
    public IReadOnlyList<(string Name, string Value)> Check(IReadOnlyDictionary<string, int> axes)
    {
        OnnxValue?[] outputs = _model.Run(_model.Inputs.ToDictionary(input => input.Name, input => (OnnxValue?)
            Zeros(input, axes)), _model.TypeOfWeights);
        return [.. _model.Outputs.Zip(outputs, (info, value) => (info.Name, value?.Describe() ?? "nothing"))];
    }

    static OnnxTensor Zeros(ValueInfo input, IReadOnlyDictionary<string, int> axes)
    {
        if (input.Kind != "tensor" || input.Type is ElementType.Undefined or ElementType.String)
            throw new OnnxNotSupportedException($"The input '{input.Name}' is {input}: there are no zeros of it "
                + "to try.");
        int[] dims = [.. (input.Dims ?? []).Select(dim => int.TryParse(dim, out int length) ? length
            : axes.GetValueOrDefault(dim, 1))];
        int size = Dimensions.Product(dims);
        return input.Type.IsFloat() ? OnnxTensor.Of(input.Type, dims, new double[size])
            : OnnxTensor.Of(input.Type, dims, new long[size]);
    }
}
