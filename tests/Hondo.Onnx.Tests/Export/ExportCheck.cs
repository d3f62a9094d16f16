using Hondo.Layers;
using Hondo.Onnx.Proto;
using Hondo.Ops;
using Hondo.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace Hondo.Onnx.Tests.Export;

/// <summary>Exports a model and compares what ONNX Runtime makes of the file with what the model computes.</summary>
static class ExportCheck
{
    const double Tolerance = 1e-5;

    /// <summary>Compares outputs for batches of several sizes, with ONNX Runtime's optimizations off and on.</summary>
    /// <returns>The largest difference, as a share of the largest output.</returns>
    public static double Compare(Layer model, Shape sample, DType type = DType.Float32, int tokens = 0,
        OnnxExportOptions? options = null, double tolerance = Tolerance, bool isDescribed = true)
    {
        string path = Path.GetTempFileName();
        try
        {
            OnnxExport.Save(model, path, sample, type, options);
            if (isDescribed)
                CheckShapes(ModelProto.Parser.ParseFrom(File.ReadAllBytes(path)));
            double worst = 0;
            foreach (GraphOptimizationLevel level in new[] { GraphOptimizationLevel.ORT_DISABLE_ALL,
                GraphOptimizationLevel.ORT_ENABLE_ALL })
            {
                using var settings = new SessionOptions
                {
                    GraphOptimizationLevel = level, IntraOpNumThreads = 1,
                    LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
                };
                using var session = new InferenceSession(path, settings);
                foreach (int batch in new[] { 1, 4 })
                {
                    Tensor x = Random([batch, .. sample], type, tokens);
                    float[] expected = Infer(model, x), got = Run(session, x);
                    Assert.Equal(expected.Length, got.Length);
                    double largest = Math.Max(expected.Max(Math.Abs), 1e-3);
                    for (int i = 0; i < expected.Length; i++)
                        worst = Math.Max(worst, Math.Abs(expected[i] - got[i]) / largest);
                    Assert.True(worst <= tolerance, $"{worst} apart, batch {batch}, {level}");
                }
            }
            return worst;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Numbers from −1 to 1, or tokens.</summary>
    public static Tensor Random(Shape shape, DType type = DType.Float32, int tokens = 0)
    {
        var random = new Random(7);
        return type == DType.Int32
            ? Tensor.Of([.. Enumerable.Range(0, shape.Size).Select(_ => random.Next(tokens))], shape)
            : Tensor.Of([.. Enumerable.Range(0, shape.Size).Select(_ => random.NextSingle() * 2 - 1)], shape);
    }

    /// <summary>What the model computes in inference.</summary>
    public static float[] Infer(Layer model, Tensor x)
    {
        using Tape.Scope step = new Tape().Open(new StepInfo(Mode.Inference, 1, 0));
        return Laid(model.Forward(x).Keep()).ToArray<float>();
    }

    // Images of more axes are channels first in the file.
    static Tensor Laid(Tensor x) => x.Shape.Rank >= 4 && x.DType != DType.Int32
        ? x.Permute([0, x.Shape.Rank - 1, .. Enumerable.Range(1, x.Shape.Rank - 2)]) : x;

    /// <summary>What ONNX Runtime gives for an input.</summary>
    public static float[] Run(InferenceSession session, Tensor x)
    {
        x = Laid(x);
        long[] dims = [.. x.Shape.Select(n => (long)n)];
        using OrtValue input = x.DType == DType.Int32
            ? OrtValue.CreateTensorValueFromMemory([.. x.ToArray<int>().Select(n => (long)n)], dims)
            : OrtValue.CreateTensorValueFromMemory(x.ToArray<float>(), dims);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs =
            session.Run(options, session.InputNames, [input], session.OutputNames);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    // What is drawn on the edges of a picture of the graph.
    static void CheckShapes(ModelProto model)
    {
        HashSet<string> described = [.. model.Graph.ValueInfo.Concat(model.Graph.Output).Select(info => info.Name)];
        Assert.All(model.Graph.Node.SelectMany(node => node.Output), output => Assert.Contains(output, described));
        string[] names = [.. model.Graph.Node.Select(node => node.Name)];
        Assert.Equal(names.Length, names.Distinct().Count());
    }
}
