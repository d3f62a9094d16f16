using BenchmarkDotNet.Attributes;
using Hondo.Kernels;

namespace Hondo.Benchmarks;

/// <summary>Matrix products: cubes, the layers of an MLP forward and backward, narrow heads, single rows.</summary>
public class GemmBenchmarks
{
    readonly PackedMatrix<float> _packed = new(default);
    float[] _a = [], _b = [], _c = [];

    /// <summary>The products.</summary>
    public static IEnumerable<Shape> Shapes =>
    [
        new(64, 64, 64), new(128, 128, 128), new(256, 256, 256), new(512, 512, 512), new(1024, 1024, 1024),
        new(2048, 2048, 2048),
        new(128, 128, 784), new(128, 512, 784), new(128, 512, 512), new(128, 512, 784, "NT"),
        new(128, 512, 512, "NT"), new(512, 512, 128, "TN"), new(512, 784, 128, "TN"), new(784, 512, 128, "TN"),
        new(1024, 1024, 1024, "NT"), new(1024, 1024, 1024, "TN"), new(2048, 2048, 2048, "NT"),
        new(2048, 2048, 2048, "TN"),
        new(128, 10, 784), new(128, 10, 512), new(128, 10, 512, "NT"), new(512, 10, 128, "TN"),
        new(10, 512, 128, "TN"), new(50, 512, 128), new(1, 512, 784), new(1, 120, 400), new(16, 16, 4), new(4, 4, 2),
    ];

    /// <summary>Thread counts.</summary>
    public static IEnumerable<int> ThreadCounts => Peaks.Threads;

    /// <summary>The product to measure.</summary>
    [ParamsSource(nameof(Shapes))]
    public Shape Shape { get; set; }

    /// <summary>How many threads.</summary>
    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    /// <summary>Fills the factors and measures the peak.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _a = Numbers(Shape.M * Shape.K);
        _b = Numbers(Shape.K * Shape.N);
        _c = new float[Shape.M * Shape.N];
        Peaks.Measure(Threads);
        _packed.Pack(B);
    }

    ReadOnlyMatrix<float> A => Shape.Order[0] == 'N'
        ? new(_a, Shape.M, Shape.K) : new ReadOnlyMatrix<float>(_a, Shape.K, Shape.M).Transposed;

    ReadOnlyMatrix<float> B => Shape.Order[1] == 'N'
        ? new(_b, Shape.K, Shape.N) : new ReadOnlyMatrix<float>(_b, Shape.N, Shape.K).Transposed;

    Matrix<float> C => new(_c, Shape.M, Shape.N);

    /// <summary>C = A·B.</summary>
    [Benchmark, Work(Flops = 2)]
    public void Multiply() => Gemm.Multiply(A, B, C);

    /// <summary>C = A·B with B packed before.</summary>
    [Benchmark, Work(Flops = 2)]
    public void MultiplyPacked() => Gemm.MultiplyPacked(A, _packed, C);

    static float[] Numbers(int count)
    {
        var random = new Random(1);
        var numbers = new float[count];
        for (int i = 0; i < count; i++)
            numbers[i] = random.NextSingle() - 0.5f;
        return numbers;
    }
}
