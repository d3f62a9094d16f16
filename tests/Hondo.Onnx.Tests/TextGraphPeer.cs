using Google.Protobuf;
using Hondo.Onnx.Graphs;
using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Hondo.Onnx.Tests;

/// <content>What Hondo and ONNX Runtime make of the graph.</content>
sealed partial class TextGraph
{
    /// <summary>Compares all outputs with ONNX Runtime's, its optimizations off and on.</summary>
    /// <param name="tolerance">Of the largest number of an output; whole numbers by as many steps.</param>
    /// <param name="values">A value for each input: <c>f 1,3,4</c> draws numbers, <c>i 5;6;7</c> are they.</param>
    public void Compare(double tolerance, params string[] values)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, _model.ToByteArray());
            OnnxTensor[] inputs = [.. values.Select(Value)];
            OnnxValue?[] ours = new Interpreter(Normalizer.Raise(OnnxFile.Read(path))).Run(inputs);
            CompareTape(path, inputs, ours, tolerance);
            foreach (GraphOptimizationLevel level in new[] { GraphOptimizationLevel.ORT_DISABLE_ALL,
                GraphOptimizationLevel.ORT_ENABLE_ALL })
                Compare(ours, Peer(path, level, inputs), tolerance);
        }
        finally
        {
            File.Delete(path);
        }
    }

    static List<(long[] Dims, double[] Numbers)> Peer(string path, GraphOptimizationLevel level, OnnxTensor[] inputs)
    {
        using var settings = new SessionOptions
        {
            GraphOptimizationLevel = level, IntraOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        using var session = new InferenceSession(path, settings);
        OrtValue[] given = [.. inputs.Select(Ort)];
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, session.InputNames, given,
            session.OutputNames);
        return [.. outputs.Select(Numbers)];
    }

    static OrtValue Ort(OnnxTensor x)
    {
        long[] dims = [.. x.Dims.ToArray().Select(n => (long)n)];
        return x.Type switch
        {
            ElementType.Float32 => OrtValue.CreateTensorValueFromMemory(x.AsFloats(), dims),
            ElementType.Int64 => OrtValue.CreateTensorValueFromMemory(x.Integers, dims),
            ElementType.Int32 => OrtValue.CreateTensorValueFromMemory([.. x.Integers.Select(n => (int)n)], dims),
            ElementType.Bool => OrtValue.CreateTensorValueFromMemory([.. x.Integers.Select(n => n != 0)], dims),
            _ => OrtValue.CreateTensorValueFromMemory([.. x.Integers.Select(n => (byte)n)], dims),
        };
    }

    static (long[] Dims, double[] Numbers) Numbers(OrtValue value)
    {
        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        return (info.Shape, info.ElementDataType switch
        {
            TensorElementType.Float =>
                [.. value.GetTensorDataAsSpan<float>().ToArray().Select(n => (double)n)],
            TensorElementType.Int64 =>
                [.. value.GetTensorDataAsSpan<long>().ToArray().Select(n => (double)n)],
            TensorElementType.Int32 =>
                [.. value.GetTensorDataAsSpan<int>().ToArray().Select(n => (double)n)],
            TensorElementType.Int8 =>
                [.. value.GetTensorDataAsSpan<sbyte>().ToArray().Select(n => (double)n)],
            TensorElementType.Bool =>
                [.. value.GetTensorDataAsSpan<bool>().ToArray().Select(n => n ? 1.0 : 0)],
            _ => [.. value.GetTensorDataAsSpan<byte>().ToArray().Select(n => (double)n)],
        });
    }

    static void Compare(OnnxValue?[] ours, List<(long[] Dims, double[] Numbers)> theirs, double tolerance)
    {
        Assert.Equal(theirs.Count, ours.Length);
        foreach ((OnnxValue? got, (long[] dims, double[] expected)) in ours.Zip(theirs))
        {
            OnnxTensor tensor = Assert.IsType<OnnxTensor>(got);
            Assert.Equal(dims, tensor.Dims.ToArray().Select(n => (long)n));
            double[] numbers = tensor.AsNumbers();
            double largest = tensor.IsFloat ? Math.Max(expected.Select(Math.Abs).DefaultIfEmpty().Max(), 1e-3) : 1;
            for (int i = 0; i < numbers.Length; i++)
                Assert.True(Math.Abs(numbers[i] - expected[i]) <= tolerance * largest || (double.IsNaN(numbers[i])
                    && double.IsNaN(expected[i])) || numbers[i].Equals(expected[i]),
                    $"{numbers[i]} at {i}, but {expected[i]} is expected");
        }
    }

    OnnxTensor Value(string text)
    {
        string[] words = text.Split(' ');
        var type = (ElementType)TypeOf(words[0]);
        if (words[1].Contains(';') || words.Length > 2 || type is not (ElementType.Float32 or ElementType.UInt8))
        {
            long[] given = [.. words[1].Split(';').Select(long.Parse)];
            int[] dims = words.Length > 2 ? [.. words[2].Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(int.Parse)] : [given.Length];
            return type == ElementType.Float32 ? OnnxTensor.Of(type, dims, [.. given.Select(n => (double)n)])
                : OnnxTensor.Of(type, dims, given);
        }
        int[] lengths = [.. words[1].Split(',').Select(int.Parse)];
        int size = Dimensions.Product(lengths);
        return type == ElementType.UInt8 ? OnnxTensor.Of(type, lengths, [.. Enumerable.Range(0, size).Select(_ =>
            (long)_random.Next(256))]) : OnnxTensor.Of(type, lengths, [.. Enumerable.Range(0, size).Select(_ =>
            _random.NextDouble() * 2 - 1)]);
    }
}
