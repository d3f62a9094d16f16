#:property PublishAot=false
#:property TieredPGO=false
#:property AllowUnsafeBlocks=true
#:project ../src/Hondo.Insights/Hondo.Insights.csproj
// Matrix products on one thread beside oneDNN's (Debian: libdnnl2), in turn in one process, in the thread's own
// processor time, as shares of the peak of multiply-adds.
//   dotnet run -c Release benchmarks/gemm.cs -- [TURNS]
using System.Globalization;
using System.Runtime.InteropServices;
using Hondo.Kernels;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int turns = args.Length > 0 ? int.Parse(args[0]) : 60;
Workers.Count = 1;
Peer.SetThreads(1);
(int M, int N, int K, string Order)[] shapes =
[
    (128, 128, 128, "NN"), (512, 512, 512, "NN"), (1024, 1024, 1024, "NN"), (128, 512, 784, "NT"),
    (512, 784, 128, "TN"), (128, 10, 512, "NT"), (50, 2048, 512, "NT"), (16, 1024, 144, "NN"),
];
List<double> peaks = [];
Side[][] sides = [.. shapes.Select(shape => new[] { Ours(shape), Theirs(shape) })];
for (int turn = -3; turn < turns; turn++)
{
    if (turn % 10 == 0)
        peaks.Add(MachinePeak.GigaflopsPerSecond<float>());
    foreach (Side side in sides.SelectMany(both => both))
        side.Measure(turn >= 0);
}
double peak = peaks.Max();
Console.WriteLine($"peak {peak:F0} GFLOP/s; shares of it, least time and quarter of {turns} turns");
for (int i = 0; i < shapes.Length; i++)
{
    double[] best = [.. sides[i].Select(side => 100 * side.Rate(0) / peak)];
    double[] usual = [.. sides[i].Select(side => 100 * side.Rate(turns / 4) / peak)];
    Console.WriteLine($"{shapes[i].M}x{shapes[i].N}x{shapes[i].K} {shapes[i].Order,-4} Hondo {best[0],4:F0} "
        + $"{usual[0],4:F0}   oneDNN {best[1],4:F0} {usual[1],4:F0}   Hondo / oneDNN {best[0] / best[1]:F2} "
        + $"{usual[0] / usual[1]:F2}");
}

static float[] Numbers(int count)
{
    var random = new Random(1);
    return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
}

// What both sides read begins at a cache line, as a tensor does.
static unsafe Side Ours((int M, int N, int K, string Order) shape)
{
    (int m, int n, int k, string order) = shape;
    float* a = Copy(Numbers(m * k)), b = Copy(Numbers(k * n)), c = Copy(new float[m * n]);
    return new(() => Gemm.Multiply(
        order[0] == 'N' ? new(new(a, m * k), m, k) : new ReadOnlyMatrix<float>(new(a, m * k), k, m).Transposed,
        order[1] == 'N' ? new(new(b, k * n), k, n) : new ReadOnlyMatrix<float>(new(b, k * n), n, k).Transposed,
        new(new(c, m * n), m, n)), 2.0 * m * n * k);
}

static unsafe Side Theirs((int M, int N, int K, string Order) shape)
{
    (int m, int n, int k, string order) = shape;
    float* a = Copy(Numbers(m * k)), b = Copy(Numbers(k * n)), c = Copy(new float[m * n]);
    return new(() => _ = Peer.Multiply((byte)order[0], (byte)order[1], m, n, k, 1, a, order[0] == 'N' ? k : m, b,
        order[1] == 'N' ? n : k, 0, c, n), 2.0 * m * n * k);
}

static unsafe float* Copy(float[] numbers)
{
    var copy = (float*)NativeMemory.AlignedAlloc((nuint)numbers.Length * sizeof(float), 64);
    numbers.CopyTo(new Span<float>(copy, numbers.Length));
    return copy;
}

/// <summary>Something to measure, so often at once that it takes a millisecond.</summary>
sealed class Side(Action run, double flops)
{
    readonly List<double> _times = [];
    readonly int _calls = (int)Math.Max(1, 1e8 / flops);

    public void Measure(bool counts)
    {
        run();
        double start = Peer.Seconds();
        for (int i = 0; i < _calls; i++)
            run();
        if (counts)
            _times.Add((Peer.Seconds() - start) / _calls);
    }

    public double Rate(int rank) => flops / _times.Order().ElementAt(rank) / 1e9;
}

static unsafe class Peer
{
    [DllImport("libdnnl.so.2", EntryPoint = "dnnl_sgemm")]
    public static extern int Multiply(byte a, byte b, long m, long n, long k, float alpha, float* x, long lda, float* y,
        long ldb, float beta, float* z, long ldc);

    [DllImport("libgomp.so.1", EntryPoint = "omp_set_num_threads")]
    public static extern void SetThreads(int count);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    static extern int Clock(int id, long* time);

    /// <summary>This thread's own processor time.</summary>
    public static double Seconds()
    {
        long* time = stackalloc long[2];
        _ = Clock(3, time);
        return time[0] + time[1] * 1e-9;
    }
}
