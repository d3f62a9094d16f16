using Google.Protobuf;
using Hondo.Onnx.Gradients;
using Hondo.Onnx.Graphs;
using Hondo.Onnx.Proto;
using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;
using Hondo.Tensors;

namespace Hondo.Onnx.Conformance;

/// <summary>How a test of the ONNX standard ended.</summary>
public enum ConformanceOutcome
{
    /// <summary>Every output is as expected.</summary>
    Passed,

    /// <summary>Hondo said what it does not know, and computed nothing.</summary>
    Refused,

    /// <summary>An output differs, or an op failed in a way that it did not foresee.</summary>
    Wrong,

    /// <summary>The operator draws random numbers: only shapes and types were compared, and agree.</summary>
    Random,
}

/// <summary>The result of one test.</summary>
/// <param name="Name">The test's folder or file.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">Why, when it did not pass.</param>
public sealed record ConformanceResult(string Name, ConformanceOutcome Outcome, string Message);

/// <summary>
/// Runs the tests that the ONNX standard keeps: folders of <c>model.onnx</c> with data sets of <c>input_0.pb</c>,
/// <c>output_0.pb</c> and so on, or <c>x.onnx</c> beside <c>x_output_0.pb</c>, whose input is a ramp of numbers.
/// </summary>
public static class ConformanceTest
{
    // The tolerances of the standard's own runner.
    const double Relative = 1e-3, Absolute = 1e-7;

    // The expected spectra are sums in float32: where they should be 0 they are noise of the largest number.
    const double Noise = 1.0 / (1 << 22);

    // Rounding of float32 where sums cancel.
    const double Rounding = 2e-6;

    static readonly HashSet<string> Draws = ["Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike",
        "RandomUniform", "RandomUniformLike"];

    /// <summary>The tests in a folder, by name: the folder itself may be one.</summary>
    /// <exception cref="IOException">There is no such folder.</exception>
    public static IReadOnlyList<string> In(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        if (File.Exists(Path.Combine(folder, "model.onnx")))
            return [folder];
        return [.. Directory.GetDirectories(folder).Where(d => File.Exists(Path.Combine(d, "model.onnx")))
            .Concat(Directory.GetFiles(folder, "*.onnx").Where(f => File.Exists(LightOutput(f))))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Runs one test.</summary>
    public static ConformanceResult Run(string path) => Run(path, onTape: false);

    /// <summary>Runs one test; on the tape by the ops that have gradients, where its inputs are float32.</summary>
    internal static ConformanceResult Run(string path, bool onTape)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        try
        {
            return Directory.Exists(path) ? RunFolder(path, name, onTape)
                : LightTest.Run(path, LightOutput(path), name);
        }
        catch (OnnxNotSupportedException error)
        {
            return new(name, ConformanceOutcome.Refused, error.Message);
        }
        catch (OnnxException error)
        {
            return new(name, ConformanceOutcome.Wrong, error.Message);
        }
    }

    static string LightOutput(string model) => model[..^".onnx".Length] + "_output_0.pb";

    static ConformanceResult RunFolder(string folder, string name, bool onTape)
    {
        OnnxFile file = Normalizer.Raise(OnnxFile.Read(Path.Combine(folder, "model.onnx")));
        bool isRandom = file.Graph.Nodes.Any(IsRandom)
            || name.StartsWith("test_training_dropout", StringComparison.Ordinal)
            && file.Graph.Nodes.Any(node => node.Op == "Dropout" || Draws.Contains(node.Op));
        bool isSpectrum = file.Graph.Nodes.Any(node => node.Op is "DFT" or "STFT");
        foreach (string data in Directory.GetDirectories(folder, "test_data_set_*").Order(StringComparer.Ordinal))
        {
            OnnxValue?[] inputs = Values(data, "input", file.Graph.Inputs);
            OnnxValue?[] expected = Values(data, "output", file.Graph.Outputs);
            if (expected.Length == 0 || expected.Length != file.Graph.Outputs.Count)
                return new(name, ConformanceOutcome.Wrong, $"the test has {expected.Length} outputs, its model "
                    + $"{file.Graph.Outputs.Count}");
            OnnxValue?[] got = onTape ? RunOnTape(file, inputs) : new Interpreter(file).Run(inputs);
            for (int i = 0; i < expected.Length; i++)
                if ((isRandom ? Shapes(expected[i], got[i]) : Comparison.Difference(expected[i], got[i], Relative,
                    Absolute, isSpectrum ? Noise : onTape ? Rounding : 0)) is { } difference)
                    return new(name, ConformanceOutcome.Wrong, $"output '{file.Graph.Outputs[i].Name}': {difference}");
        }
        return new(name, isRandom ? ConformanceOutcome.Random : ConformanceOutcome.Passed, "");
    }

    static OnnxValue?[] RunOnTape(OnnxFile file, OnnxValue?[] inputs)
    {
        var runner = new TapeRunner(DType.Float32);
        return [.. new Interpreter(file, runner).Run([.. inputs.Select(input => input is OnnxTensor
            { Type: ElementType.Float32, Rank: <= Shape.MaxRank } x
            ? TapeValue.Of(TapeValue.Constant(x, DType.Float32)) : input)]).Select(runner.ToPlain)];
    }

    static bool IsRandom(Node node) => Draws.Contains(node.Op);

    static string? Shapes(OnnxValue? expected, OnnxValue? got) => expected?.Describe() == got?.Describe() ? null
        : $"expected {expected?.Describe()}, got {got?.Describe()}";

    static OnnxValue?[] Values(string folder, string kind, IReadOnlyList<ValueInfo> infos)
    {
        var values = new List<OnnxValue?>();
        for (int i = 0; File.Exists(Path.Combine(folder, $"{kind}_{i}.pb")) && i < infos.Count; i++)
            values.Add(Parse(File.ReadAllBytes(Path.Combine(folder, $"{kind}_{i}.pb")), infos[i]));
        return [.. values];
    }

    static OnnxValue? Parse(byte[] bytes, ValueInfo info)
    {
        try
        {
            return info.Kind.Split(' ')[0] switch
            {
                "sequence" => ValueReader.Read(SequenceProto.Parser.ParseFrom(bytes)),
                "optional" => ValueReader.Read(OptionalProto.Parser.ParseFrom(bytes)),
                "map" or "sparse" => throw new OnnxNotSupportedException($"'{info.Name}' is a {info.Kind}, which Hondo "
                    + "does not compute with."),
                _ => new TensorReader(null).Read(TensorProto.Parser.ParseFrom(bytes)),
            };
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new OnnxException($"The test's value of '{info.Name}' cannot be read.", error);
        }
    }
}
