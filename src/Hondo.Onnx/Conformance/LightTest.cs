using Hondo.Layers;
using Hondo.Onnx.Graphs;
using Hondo.Onnx.Import;
using Hondo.Onnx.Proto;
using Hondo.Onnx.Values;
using Hondo.Tensors;

namespace Hondo.Onnx.Conformance;

/// <summary>
/// The standard's networks without weights: their constants are filled by nodes, their input is the ramp
/// (0, 1, 2, …) / size.
/// </summary>
static class LightTest
{
    const double Relative = 2e-3, Absolute = 1e-7;

    public static ConformanceResult Run(string model, string output, string name)
    {
        OnnxFile file = Normalizer.Raise(OnnxFile.Read(model));
        OnnxTensor expected = new TensorReader(null).Read(TensorProto.Parser.ParseFrom(File.ReadAllBytes(output)));
        OnnxTensor input = Ramp(file.Graph.Needed[0]);
        Layer layer = OnnxModel.Load(model);
        using Tape.Scope step = Tape.Begin(Mode.Inference);
        OnnxTensor got = Bridge.FromTensor(layer.Forward(Bridge.ToTensor(input)));
        // One pixel for each class may have lost its axes of length 1.
        if (got.Size == expected.Size && got.Rank < expected.Rank)
            got = got.Reshape(expected.Dims.ToArray());
        return Comparison.Difference(expected, got, Relative, Absolute) is { } difference
            ? new(name, ConformanceOutcome.Wrong, difference)
                : new(name, ConformanceOutcome.Passed, layer is OnnxModel node
                ? $"node by node: {node.Reason}" : "as layers");
    }

    static OnnxTensor Ramp(ValueInfo info)
    {
        int[] dims = [.. (info.Dims ?? []).Select(dim => int.TryParse(dim, out int length) ? length : 1)];
        int size = Dimensions.Product(dims);
        return OnnxTensor.Of(info.Type, dims, [.. Enumerable.Range(0, size).Select(i => (double)i / size)]);
    }
}
