using System.Numerics;
using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Products of matrices.</summary>
static class MatrixOps
{
    public static void AddTo(OpFamily family) => family
        .Add("MatMul", call => call[0].IsFloat ? MatMul(call[0], call[1])
            : CastOps.Convert(MatMul(AsDouble(call[0]), AsDouble(call[1])), call[0].Type))
        .Add("Gemm", Gemm)
        .Add("Det", Det)
        .Add("Einsum", call => Einsum.Compute(call.Node.Text("equation", ""), call.All));

    /// <summary>Whole numbers as fractions that hold them exactly below 2⁵³.</summary>
    public static OnnxTensor AsDouble(OnnxTensor x) => CastOps.Convert(x, ElementType.Float64);

    /// <summary>Products of matrices with NumPy's rules: vectors become matrices, leading axes repeat.</summary>
    public static OnnxTensor MatMul(OnnxTensor a, OnnxTensor b)
    {
        if (a.Rank == 0 || b.Rank == 0)
            throw new OnnxException($"{a.Describe()} · {b.Describe()}: single numbers are multiplied by Mul.");
        bool isRow = a.Rank == 1, isColumn = b.Rank == 1;
        OnnxTensor left = isRow ? a.Reshape(1, a.Size) : a, right = isColumn ? b.Reshape(b.Size, 1) : b;
        int m = left.Dims[^2], k = left.Dims[^1], n = right.Dims[^1];
        if (right.Dims[^2] != k)
            throw new OnnxException($"{a.Describe()} · {b.Describe()}: columns of the first must equal rows of the "
                + "second.");
        int[] batch = Dimensions.Broadcast(left.Dims[..^2], right.Dims[..^2]);
        int[] starts = Dimensions.BroadcastPlaces(left.Dims[..^2], batch);
        int[] others = Dimensions.BroadcastPlaces(right.Dims[..^2], batch);
        int[] dims = [.. batch, .. isRow ? [] : (int[])[m], .. isColumn ? [] : (int[])[n]];
        var results = new double[Dimensions.Product(dims)];
        bool isLarge = FloatKernels.CanMultiply(a, b, m, k, n);
        for (int i = 0; i < starts.Length; i++)
        {
            Span<double> x = left.Numbers.AsSpan(starts[i] * m * k, m * k), y = results.AsSpan(i * m * n, m * n);
            Span<double> w = right.Numbers.AsSpan(others[i] * k * n, k * n);
            if (isLarge)
                FloatKernels.Multiply(x, w, y, m, k, n, a.Type == ElementType.Float64);
            else
                Multiply(x, w, y, m, k, n);
        }
        return OnnxTensor.Of(a.Type, dims, results);
    }

    /// <summary>y += a · b</summary>
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> y, int m, int k, int n)
    {
        for (int i = 0; i < m; i++)
            for (int j = 0; j < k; j++)
                AddScaled(a[i * k + j], b.Slice(j * n, n), y.Slice(i * n, n));
    }

    /// <summary>y += a x</summary>
    public static void AddScaled(double a, ReadOnlySpan<double> x, Span<double> y)
    {
        int i = 0;
        for (; i + Vector<double>.Count <= x.Length; i += Vector<double>.Count)
            (new Vector<double>(y[i..]) + a * new Vector<double>(x[i..])).CopyTo(y[i..]);
        for (; i < x.Length; i++)
            y[i] += a * x[i];
    }

    static OnnxTensor Gemm(Call call)
    {
        bool isWhole = !call[0].IsFloat;
        OnnxTensor a = isWhole ? AsDouble(call[0]) : call[0], b = isWhole ? AsDouble(call[1]) : call[1];
        (a, b) = (call.Flag("transA") ? ShapeOps.Transpose(a, 1, 0) : a, call.Flag("transB")
            ? ShapeOps.Transpose(b, 1, 0) : b);
        bool isLarge = FloatKernels.CanMultiply(a, b, a.Dims[0], a.Dims[^1], b.Dims[^1]);
        // Sums are rounded once, at the end, where it costs nothing.
        OnnxTensor product = AsDouble(isLarge ? MatMul(a, b) : MatMul(AsDouble(a), AsDouble(b)));
        double alpha = call.Float("alpha", 1), beta = call.Float("beta", 1);
        OnnxTensor y = UnaryOps.Map(product, x => alpha * x);
        if (call.Maybe(2) is { } c)
        {
            OnnxTensor scaled = UnaryOps.Map(AsDouble(c), x => beta * x);
            if (Dimensions.Broadcast(y.Dims, c.Dims).AsSpan().SequenceEqual(y.Dims) is false)
                throw new OnnxException($"C, {c.Describe()}, cannot be repeated to {y.Describe()}.");
            y = BinaryOps.Apply(y, scaled, (p, q) => p + q, (p, q) => p + q);
        }
        return CastOps.Convert(y, call[0].Type);
    }

    static OnnxTensor Det(Call call)
    {
        OnnxTensor x = call[0];
        int n = x.Dims[^1];
        int[] dims = x.Dims[..^2].ToArray();
        var results = new double[Dimensions.Product(dims)];
        for (int i = 0; i < results.Length; i++)
            results[i] = Det([.. x.Numbers.AsSpan(i * n * n, n * n)], n);
        return OnnxTensor.Of(x.Type, dims, results);
    }

    // Gauss, with the largest number of each column as its pivot.
    static double Det(double[] a, int n)
    {
        double det = 1;
        for (int c = 0; c < n; c++)
        {
            int pivot = Enumerable.Range(c, n - c).MaxBy(r => Math.Abs(a[r * n + c]));
            if (a[pivot * n + c] == 0)
                return 0;
            for (int j = 0; j < n && pivot != c; j++)
                (a[c * n + j], a[pivot * n + j]) = (a[pivot * n + j], a[c * n + j]);
            det *= pivot == c ? a[c * n + c] : -a[c * n + c];
            for (int r = c + 1; r < n; r++)
                AddScaled(-a[r * n + c] / a[c * n + c], a.AsSpan(c * n + c, n - c), a.AsSpan(r * n + c, n - c));
        }
        return det;
    }
}
