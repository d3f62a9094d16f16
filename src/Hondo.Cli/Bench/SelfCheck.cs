using System.Diagnostics;
using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Cli.Bench;

/// <summary>
/// A short look at what this machine does with Hondo: kernels beside the peaks measured in the same seconds, and one
/// training step. Every rate is the median of short runs, between two measurements of the peak.
/// </summary>
static class SelfCheck
{
    const int Runs = 9;

    public static IEnumerable<SelfCheckRow> Measure()
    {
        double flops = MachinePeak.GigaflopsPerSecond<float>(), bytes = MachinePeak.GigabytesPerSecond();
        yield return new("fused multiply-adds, float32, in registers", flops, "GFLOP/s", 1);
        yield return new("memory, read and written", bytes, "GB/s", 1);
        foreach ((string what, int m, int n, int k) in ((string, int, int, int)[])
        [
            ("product 128³", 128, 128, 128), ("product 512³", 512, 512, 512), ("product 1024³", 1024, 1024, 1024),
            ("layer 128×784 · 784×512", 128, 512, 784), ("classifier 128×512 · 512×10", 128, 10, 512),
        ])
            yield return Product(what, m, n, k);
        yield return Elementwise<Exponential>("exp");
        yield return Elementwise<HyperbolicTangent>("tanh");
        yield return Elementwise<Logistic>("sigmoid");
        yield return Adam(bytes);
        yield return Mlp();
    }

    static SelfCheckRow Product(string what, int m, int n, int k)
    {
        float[] a = Numbers(m * k), b = Numbers(k * n), c = new float[m * n];
        double peak = MachinePeak.GigaflopsPerSecond<float>();
        double seconds = Time(() => Gemm.Multiply(new ReadOnlyMatrix<float>(a, m, k), new(b, k, n), new(c, m, n)));
        double rate = 2e-9 * m * n * k / seconds;
        return new(what, rate, "GFLOP/s", rate / Math.Max(peak, MachinePeak.GigaflopsPerSecond<float>()));
    }

    static SelfCheckRow Elementwise<F>(string name) where F : struct, IUnary
    {
        float[] x = Numbers(1 << 16), y = new float[x.Length];
        double seconds = Time(() => Loops.Map(default(F), (ReadOnlySpan<float>)x, y));
        return new($"{name} of 65,536 numbers", 1e-9 * x.Length / seconds, "10⁹/s", null);
    }

    static SelfCheckRow Adam(double peak)
    {
        // Values, gradients and two moments: four numbers are read and three written, 28 bytes for each value.
        const int Count = 10_000_000;
        float[] values = Numbers(Count), gradients = Numbers(Count), mean = new float[Count], square = new float[Count];
        double seconds = Time(() => Updates.Run(new AdamUpdate(), values, gradients, mean, square));
        double rate = 28e-9 * Count / seconds;
        return new("Adam's update of 10⁷ parameters", rate, "GB/s", rate / peak);
    }

    static SelfCheckRow Mlp()
    {
        var model = new Sequential(new Linear(784, 512), new Relu(), new Dropout(0.2), new Linear(512, 512), new Relu(),
            new Dropout(0.2), new Linear(512, 10));
        var optimizer = new Adam(model.Parameters);
        var loss = new CrossEntropy();
        Tensor inputs = Tensor.Of(Numbers(128 * 784), [128, 784]), labels = Tensor.Of(new int[128]);
        var tape = new Tape();
        double seconds = Time(() =>
        {
            using var step = tape.Open(new(Mode.Training, 1, 1));
            loss.Compute(model.Forward(inputs), labels).Backward();
            optimizer.Step();
        });
        return new("training an MLP 784-512-512-10, batch 128", 128 / seconds, "samples/s", null);
    }

    static float[] Numbers(int count)
    {
        var random = new Philox(1, RandomStream.Of("self-check"));
        var numbers = new float[count];
        for (int i = 0; i < count; i++)
            numbers[i] = (float)random.Uniform(i) - 0.5f;
        return numbers;
    }

    // Runs of about 30 ms, after a warm-up that lets the compiler finish.
    static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        int count = 0;
        for (; Stopwatch.GetElapsedTime(start).TotalMilliseconds < 300; count++)
            action();
        count = Math.Max(1, count / 10);
        double[] seconds = new double[Runs];
        for (int run = 0; run < Runs; run++)
        {
            start = Stopwatch.GetTimestamp();
            for (int i = 0; i < count; i++)
                action();
            seconds[run] = Stopwatch.GetElapsedTime(start).TotalSeconds / count;
        }
        Array.Sort(seconds);
        return seconds[Runs / 2];
    }

    readonly struct AdamUpdate : IUpdate2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g, ref V m, ref V v) where V : struct, ILanes<V>
        {
            m = V.Create(0.9) * m + V.Create(0.1) * g;
            v = V.Create(0.999) * v + V.Create(0.001) * g * g;
            w -= V.Create(0.001) * (m / (V.Sqrt(v) + V.Create(1e-8)));
        }
    }

    readonly struct Exponential : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Exp(x);
    }

    readonly struct HyperbolicTangent : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Tanh(x);
    }

    readonly struct Logistic : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Sigmoid(x);
    }
}
