using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>One number out of those along some axes.</summary>
static class ReductionOps
{
    public static void AddTo(OpFamily family)
    {
        Both(family, "ReduceSum", x => x.Sum(), x => Sum(x));
        Both(family, "ReduceProd", x => x.Aggregate(1.0, (a, b) => a * b), x => x.Aggregate(1L, (a, b) => a * b));
        Both(family, "ReduceMax", x => x.Aggregate(double.NegativeInfinity, Math.Max), Most);
        Both(family, "ReduceMin", x => x.Aggregate(double.PositiveInfinity, Math.Min), Least);
        Both(family, "ReduceMean", x => x.Average(), null);
        Both(family, "ReduceL1", x => x.Sum(Math.Abs), null);
        Both(family, "ReduceL2", x => Math.Sqrt(x.Sum(n => n * n)), null);
        Both(family, "ReduceSumSquare", x => x.Sum(n => n * n), x => Sum([.. x.Select(n => n * n)]));
        Both(family, "ReduceLogSum", x => Math.Log(x.Sum()), null);
        Both(family, "ReduceLogSumExp", LogSumExp, null);
        family.Add("ArgMax", call => ArgBest(call, (a, b) => a > b));
        family.Add("ArgMin", call => ArgBest(call, (a, b) => a < b));
        family.Add("CumSum", call => Running(call, 0, (a, b) => a + b, (a, b) => a + b));
        family.Add("CumProd", call => Running(call, 1, (a, b) => a * b, (a, b) => a * b));
        family.Add("GlobalAveragePool", call => Global(call[0], x => x.Average()));
        family.Add("GlobalMaxPool", call => Global(call[0], x => x.Max()));
        family.Add("GlobalLpPool", call => Global(call[0], x => Math.Pow(x.Sum(n => Math.Pow(Math.Abs(n),
            call.Int("p", 2))), 1.0 / call.Int("p", 2))));
    }

    static long Sum(long[] x)
    {
        long sum = 0;
        foreach (long n in x)
            sum += n;
        return sum;
    }

    static long Most(long[] x) => x.Length > 0 ? x.Max()
        : throw new OnnxException("There is no largest of no whole numbers.");

    static long Least(long[] x) => x.Length > 0 ? x.Min()
        : throw new OnnxException("There is no smallest of no whole numbers.");

    static double LogSumExp(double[] x)
    {
        double most = x.Length == 0 ? double.NegativeInfinity : x.Max();
        return double.IsInfinity(most) ? most : most + Math.Log(x.Sum(n => Math.Exp(n - most)));
    }

    static void Both(OpFamily family, string name, Func<double[], double> f, Func<long[], long>? whole) =>
        family.Add(name, call =>
        {
            OnnxTensor x = call[0];
            if (Axes(call, x.Rank) is not { } axes)
                return x;
            bool keeps = call.Flag("keepdims", true);
            if (x.IsFloat)
                return Reduce(x, axes, keeps, f);
            Func<long[], long> integer = whole ?? (n => (long)f([.. n.Select(i => (double)i)]));
            return ReduceWhole(x, axes, keeps, integer);
        });

    // No axes at all are all of them, unless the node says that it then does nothing.
    static int[]? Axes(Call call, int rank)
    {
        long[]? axes = call.Integers(1);
        if (axes is { Length: > 0 })
            return [.. axes.Select(a => Dimensions.Axis(a, rank)).Distinct().Order()];
        return call.Flag("noop_with_empty_axes") ? null : [.. Enumerable.Range(0, rank)];
    }

    static OnnxTensor Global(OnnxTensor x, Func<double[], double> f) =>
        Reduce(x, [.. Enumerable.Range(2, Math.Max(0, x.Rank - 2))], true, f);

    /// <summary>f of the numbers along some axes.</summary>
    public static OnnxTensor Reduce(OnnxTensor x, int[] axes, bool keeps, Func<double[], double> f)
    {
        (int[] dims, int[] starts, int[] steps) = Runs(x, axes, keeps);
        double[] numbers = x.Numbers, run = new double[steps.Length], results = new double[starts.Length];
        for (int i = 0; i < results.Length; i++)
        {
            for (int j = 0; j < run.Length; j++)
                run[j] = numbers[starts[i] + steps[j]];
            results[i] = f(run);
        }
        return OnnxTensor.Of(x.Type, dims, results);
    }

    static OnnxTensor ReduceWhole(OnnxTensor x, int[] axes, bool keeps, Func<long[], long> f)
    {
        (int[] dims, int[] starts, int[] steps) = Runs(x, axes, keeps);
        long[] numbers = x.Integers, run = new long[steps.Length], results = new long[starts.Length];
        for (int i = 0; i < results.Length; i++)
        {
            for (int j = 0; j < run.Length; j++)
                run[j] = numbers[starts[i] + steps[j]];
            results[i] = f(run);
        }
        return OnnxTensor.Of(x.Type, dims, results);
    }

    /// <summary>The axes of the result, where each run starts, and where its numbers lie from there.</summary>
    public static (int[] Dims, int[] Starts, int[] Steps) Runs(OnnxTensor x, int[] axes, bool keeps)
    {
        int[] strides = Dimensions.Strides(x.Dims);
        List<int> dims = [], kept = [], keptStrides = [], gone = [], goneStrides = [];
        for (int i = 0; i < x.Rank; i++)
            if (axes.Contains(i))
            {
                gone.Add(x.Dims[i]);
                goneStrides.Add(strides[i]);
                if (keeps)
                    dims.Add(1);
            }
            else
            {
                kept.Add(x.Dims[i]);
                keptStrides.Add(strides[i]);
                dims.Add(x.Dims[i]);
            }
        return ([.. dims], Dimensions.Places(kept.ToArray(), keptStrides.ToArray(), 0),
            Dimensions.Places(gone.ToArray(), goneStrides.ToArray(), 0));
    }

    static OnnxTensor ArgBest(Call call, Func<double, double, bool> isBetter)
    {
        OnnxTensor x = call[0];
        bool last = call.Flag("select_last_index");
        int axis = Dimensions.Axis(call.Int("axis", 0), x.Rank);
        (int[] dims, int[] starts, int[] steps) = Runs(x, [axis], call.Flag("keepdims", true));
        double[] numbers = x.AsNumbers();
        var results = new long[starts.Length];
        for (int i = 0; i < results.Length; i++)
        {
            int best = 0;
            for (int j = 1; j < steps.Length; j++)
            {
                double now = numbers[starts[i] + steps[j]], before = numbers[starts[i] + steps[best]];
                if (isBetter(now, before) || (last && now == before))
                    best = j;
            }
            results[i] = best;
        }
        return OnnxTensor.Of(ElementType.Int64, dims, results);
    }

    static OnnxTensor Running(Call call, int start, Func<double, double, double> f, Func<long, long, long> whole)
    {
        OnnxTensor x = call[0];
        int axis = Dimensions.Axis(call[1].Integers[0], x.Rank);
        bool exclusive = call.Flag("exclusive"), reverse = call.Flag("reverse");
        (_, int[] starts, int[] steps) = Runs(x, [axis], true);
        if (reverse)
            Array.Reverse(steps);
        int[] dims = x.Dims.ToArray();
        return x.IsFloat ? OnnxTensor.Of(x.Type, dims, Scan(x.Numbers, starts, steps, exclusive, (double)start, f))
            : OnnxTensor.Of(x.Type, dims, Scan(x.Integers, starts, steps, exclusive, (long)start, whole));
    }

    static T[] Scan<T>(T[] x, int[] starts, int[] steps, bool exclusive, T first, Func<T, T, T> f)
    {
        var results = new T[x.Length];
        foreach (int start in starts)
        {
            T all = first;
            foreach (int step in steps)
            {
                T next = f(all, x[start + step]);
                results[start + step] = exclusive ? all : next;
                all = next;
            }
        }
        return results;
    }
}
