using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Functions of two numbers, repeated along axes of length 1.</summary>
static class BinaryOps
{
    public static void AddTo(OpFamily family)
    {
        Arithmetic(family);
        Comparisons(family);
        Logic(family);
        Variadic(family);
    }

    static void Arithmetic(OpFamily family)
    {
        Number(family, "Add", (a, b) => a + b, (a, b) => a + b);
        Number(family, "Sub", (a, b) => a - b, (a, b) => a - b);
        Number(family, "Mul", (a, b) => a * b, (a, b) => a * b);
        family.Add("Div", call => Broadcast(call, (a, b) => a / b, Divide(call[0].Type)));
        family.Add("PRelu", call => Broadcast(call, (x, slope) => x < 0 ? slope * x : x,
            (x, slope) => x < 0 ? slope * x : x));
        family.Add("Pow", Power);
        family.Add("Mod", call => call.Flag("fmod")
            ? Broadcast(call, (a, b) => a % b, (a, b) => b == -1 ? 0 : a % b)
            : Broadcast(call, (a, b) => a - Math.Floor(a / b) * b, Modulo(call[0].Type)));
    }

    static Func<long, long, long> Divide(ElementType type) => type == ElementType.UInt64
        ? (a, b) => b == 0 ? throw Zero() : (long)((ulong)a / (ulong)b)
        : (a, b) => b == 0 ? throw Zero() : b == -1 ? -a : a / b;

    static Func<long, long, long> Modulo(ElementType type) => type == ElementType.UInt64
        ? (a, b) => b == 0 ? throw Zero() : (long)((ulong)a % (ulong)b)
        : (a, b) => b == 0 ? throw Zero() : b == -1 ? 0 : (a % b + b) % b;

    static OnnxException Zero() => new("A whole number is divided by 0.");

    // The exponent may be of another type than the base, whose type the result has.
    static OnnxTensor Power(Call call)
    {
        OnnxTensor a = call[0], b = call[1];
        int[] dims = Dimensions.Broadcast(a.Dims, b.Dims);
        double[] x = a.AsNumbers(), y = b.AsNumbers();
        int[] left = Dimensions.BroadcastPlaces(a.Dims, dims), right = Dimensions.BroadcastPlaces(b.Dims, dims);
        double[] results = new double[left.Length];
        for (int i = 0; i < results.Length; i++)
            results[i] = Math.Pow(x[left[i]], y[right[i]]);
        return a.IsFloat ? OnnxTensor.Of(a.Type, dims, results)
            : OnnxTensor.Of(a.Type, dims, [.. results.Select(r => (long)r)]);
    }

    static void Comparisons(OpFamily family)
    {
        Compare(family, "Less", (a, b) => a < b, (a, b) => a < b);
        Compare(family, "LessOrEqual", (a, b) => a <= b, (a, b) => a <= b);
        Compare(family, "Greater", (a, b) => a > b, (a, b) => a > b);
        Compare(family, "GreaterOrEqual", (a, b) => a >= b, (a, b) => a >= b);
        family.Add("Equal", call => call[0].Type == ElementType.String ? EqualTexts(call)
            : Compare(call, (a, b) => a == b, (a, b) => a == b));
    }

    static OnnxTensor EqualTexts(Call call)
    {
        int[] dims = Dimensions.Broadcast(call[0].Dims, call[1].Dims);
        int[] left = Dimensions.BroadcastPlaces(call[0].Dims, dims);
        int[] right = Dimensions.BroadcastPlaces(call[1].Dims, dims);
        string[] a = call[0].Texts, b = call[1].Texts;
        return OnnxTensor.Of(ElementType.Bool, dims, [.. left.Zip(right, (i, j) => a[i] == b[j] ? 1L : 0L)]);
    }

    static void Logic(OpFamily family)
    {
        Whole(family, "And", (a, b) => a & b);
        Whole(family, "Or", (a, b) => a | b);
        Whole(family, "Xor", (a, b) => a ^ b);
        Whole(family, "BitwiseAnd", (a, b) => a & b);
        Whole(family, "BitwiseOr", (a, b) => a | b);
        Whole(family, "BitwiseXor", (a, b) => a ^ b);
        family.Add("BitShift", call => call.Node.Text("direction", "") == "LEFT"
            ? Broadcast(call, null, (a, b) => b is < 0 or > 63 ? 0 : a << (int)b)
            : Broadcast(call, null, (a, b) => b is < 0 or > 63 ? 0 : (long)((ulong)a >> (int)b)));
    }

    static void Variadic(OpFamily family)
    {
        family.Add("Sum", call => Fold(call, (a, b) => a + b, (a, b) => a + b));
        family.Add("Max", call => Fold(call, Math.Max,
            call[0].Type == ElementType.UInt64 ? (a, b) => (long)Math.Max((ulong)a, (ulong)b) : Math.Max));
        family.Add("Min", call => Fold(call, Math.Min,
            call[0].Type == ElementType.UInt64 ? (a, b) => (long)Math.Min((ulong)a, (ulong)b) : Math.Min));
        family.Add("Mean", call => UnaryOps.Map(Fold(call, (a, b) => a + b, (a, b) => a + b),
            (double x) => x / call.Count));
    }

    static OnnxTensor Fold(Call call, Func<double, double, double> f, Func<long, long, long> whole)
    {
        OnnxTensor all = call[0];
        for (int i = 1; i < call.Count; i++)
            all = Apply(all, call[i], f, whole);
        return all;
    }

    static void Number(OpFamily family, string name, Func<double, double, double> f, Func<long, long, long> whole) =>
        family.Add(name, call => Broadcast(call, f, whole));

    static void Whole(OpFamily family, string name, Func<long, long, long> whole) =>
        family.Add(name, call => Broadcast(call, null, whole));

    static OnnxTensor Broadcast(Call call, Func<double, double, double>? f, Func<long, long, long> whole) =>
        Apply(call[0], Aligned(call), f, whole);

    // Until opset 6 an attribute told the axis where b begins.
    static OnnxTensor Aligned(Call call)
    {
        OnnxTensor b = call[1];
        // A slope for each channel, without the axes behind it.
        if (call.Opset < 7 && call.Node.Op == "PRelu" && b.Rank == 1 && b.Size > 1 && call[0].Rank > 2)
            return b.Reshape([b.Size, .. Enumerable.Repeat(1, call[0].Rank - 2)]);
        if (call.Opset >= 7 || !call.Node.Has("axis") || b.Rank == 0)
            return b;
        int axis = Dimensions.Axis(call.Int("axis", 0), call[0].Rank);
        return b.Reshape([.. b.Dims, .. Enumerable.Repeat(1, Math.Max(0, call[0].Rank - axis - b.Rank))]);
    }

    /// <summary>f of every pair of numbers.</summary>
    public static OnnxTensor Apply(OnnxTensor a, OnnxTensor b, Func<double, double, double>? f,
        Func<long, long, long> whole)
    {
        if (a.Type != b.Type)
            throw new OnnxException($"Its inputs are {a.Describe()} and {b.Describe()}, but must be of one type.");
        int[] dims = Dimensions.Broadcast(a.Dims, b.Dims);
        int[] left = Dimensions.BroadcastPlaces(a.Dims, dims), right = Dimensions.BroadcastPlaces(b.Dims, dims);
        if (!a.IsFloat)
            return OnnxTensor.Of(a.Type, dims, Pairs(a.Integers, left, b.Integers, right, whole));
        return f is not null ? OnnxTensor.Of(a.Type, dims, Pairs(a.Numbers, left, b.Numbers, right, f))
            : throw new OnnxException($"It takes whole numbers, but got {a.Describe()}.");
    }

    static R[] Pairs<T, R>(T[] a, int[] left, T[] b, int[] right, Func<T, T, R> f)
    {
        var results = new R[left.Length];
        for (int i = 0; i < results.Length; i++)
            results[i] = f(a[left[i]], b[right[i]]);
        return results;
    }

    static void Compare(OpFamily family, string name, Func<double, double, bool> f, Func<long, long, bool> whole) =>
        family.Add(name, call => Compare(call, f, call[0].Type == ElementType.UInt64
            ? (a, b) => whole(a ^ long.MinValue, b ^ long.MinValue) : whole));

    static OnnxTensor Compare(Call call, Func<double, double, bool> f, Func<long, long, bool> whole)
    {
        OnnxTensor a = call[0], b = Aligned(call);
        if (a.Type != b.Type)
            throw new OnnxException($"It compares {a.Describe()} with {b.Describe()}: they must be of one type.");
        int[] dims = Dimensions.Broadcast(a.Dims, b.Dims);
        int[] left = Dimensions.BroadcastPlaces(a.Dims, dims), right = Dimensions.BroadcastPlaces(b.Dims, dims);
        bool[] results = a.IsFloat ? Pairs(a.Numbers, left, b.Numbers, right, f)
            : Pairs(a.Integers, left, b.Integers, right, whole);
        return OnnxTensor.Of(ElementType.Bool, dims, [.. results.Select(r => r ? 1L : 0L)]);
    }
}
