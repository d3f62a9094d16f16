using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Tensors out of attributes and shapes.</summary>
static class ConstantOps
{
    public static void AddTo(OpFamily family) => family
        .Add("Constant", Constant)
        .Add("ConstantOfShape", call => Fill(call[0].AsInts(), call.Node.Tensor("value")
            ?? OnnxTensor.Scalar(ElementType.Float32, 0)))
        .Add("Range", Range)
        .Add("EyeLike", EyeLike)
        .Add("Shape", Shape)
        .Add("Size", call => OnnxTensor.Scalar(call[0].Size));

    static OnnxTensor Constant(Call call)
    {
        foreach ((string name, object value) in call.Node.Attributes)
            switch (name, value)
            {
                case ("value" or "sparse_value", OnnxTensor tensor):
                    return tensor;
                case ("value_float", double number):
                    return OnnxTensor.Scalar(ElementType.Float32, number);
                case ("value_floats", double[] numbers):
                    return OnnxTensor.Of(ElementType.Float32, [numbers.Length], (double[])numbers.Clone());
                case ("value_int", long number):
                    return OnnxTensor.Scalar(number);
                case ("value_ints", long[] numbers):
                    return OnnxTensor.List(numbers);
                case ("value_string", string text):
                    return OnnxTensor.Of([], [text]);
                case ("value_strings", string[] texts):
                    return OnnxTensor.Of([texts.Length], texts);
            }
        throw new OnnxException("It has no value.");
    }

    /// <summary>One number everywhere, written down when it is read: weights of a test's network take gigabytes.
    /// </summary>
    public static OnnxTensor Fill(int[] dims, OnnxTensor value)
    {
        int size = Dimensions.Product(dims);
        OnnxTensor one = value.Reshape();
        return new(value.Type, dims, sink =>
        {
            for (int i = 0; i < size; i++)
                if (one.IsFloat)
                    sink.Float(i, one.Numbers[0]);
                else if (one.Type == ElementType.String)
                    sink.Text(i, one.Texts[0]);
                else
                    sink.Integer(i, one.Integers[0]);
            return sink;
        });
    }

    static OnnxTensor Range(Call call)
    {
        OnnxTensor start = call[0];
        double[] a = [.. call.All.Select(t => t.AsNumbers()[0])];
        double count = Math.Max(0, Math.Ceiling((a[1] - a[0]) / a[2]));
        if (!(count <= Dimensions.Most))
            throw new OnnxException($"It would make {count} numbers from {a[0]} to {a[1]} in steps of {a[2]}.");
        int n = (int)count;
        if (start.IsFloat)
            return OnnxTensor.Of(start.Type, [n], [.. Enumerable.Range(0, n).Select(i => a[0] + i * a[2])]);
        long first = start.Integers[0], step = call[2].Integers[0];
        return OnnxTensor.Of(start.Type, [n], [.. Enumerable.Range(0, n).Select(i => first + i * step)]);
    }

    static OnnxTensor EyeLike(Call call)
    {
        OnnxTensor x = call[0];
        var type = (ElementType)call.Int("dtype", (long)x.Type);
        int rows = x.Dims[0], columns = x.Dims[1], shift = (int)call.Int("k", 0);
        var ones = new long[Dimensions.Product([rows, columns])];
        for (int i = 0; i < rows; i++)
            if (i + shift >= 0 && i + shift < columns)
                ones[i * columns + i + shift] = 1;
        return CastOps.Convert(OnnxTensor.Of(ElementType.Int64, [rows, columns], ones), type);
    }

    static OnnxTensor Shape(Call call)
    {
        ReadOnlySpan<int> dims = call[0].Dims;
        int start = Clamp(call.Int("start", 0), dims.Length), end = Clamp(call.Int("end", dims.Length), dims.Length);
        List<long> lengths = [];
        for (int i = start; i < end; i++)
            lengths.Add(dims[i]);
        return OnnxTensor.List([.. lengths]);
    }

    static int Clamp(long axis, int rank) => (int)Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);
}
