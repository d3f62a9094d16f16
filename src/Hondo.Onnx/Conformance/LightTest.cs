using Hondo.Onnx.Graphs;
using Hondo.Onnx.Proto;
using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

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
        OnnxValue?[] got = new Interpreter(file).Run([.. file.Graph.Needed.Select(Ramp)]);
        return Comparison.Difference(expected, got[0], Relative, Absolute) is { } difference
            ? new(name, ConformanceOutcome.Wrong, difference) : new(name, ConformanceOutcome.Passed, "");
    }

    static OnnxTensor Ramp(ValueInfo info)
    {
        int[] dims = [.. (info.Dims ?? []).Select(dim => int.TryParse(dim, out int length) ? length : 1)];
        int size = Dimensions.Product(dims);
        return OnnxTensor.Of(info.Type, dims, [.. Enumerable.Range(0, size).Select(i => (double)i / size)]);
    }
}
