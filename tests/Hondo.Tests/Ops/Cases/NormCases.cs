using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;
using static Hondo.Tests.Ops.Cases.Inputs;

namespace Hondo.Tests.Ops.Cases;

static class NormCases
{
    // The running statistics are constants of the case; training changes them, but not the result.
    static readonly State Mean = new([3], 0.5), Variance = new([3], 1.5);
    static readonly State SingleMean = new([3], 0.5), SingleVariance = new([3], 1.5);

    static NormCases()
    {
        Mean.ConvertTo(DType.Float64);
        Variance.ConvertTo(DType.Float64);
    }

    public static IEnumerable<OpCase> All =>
    [
        new("BatchNorm", x => x[0].BatchNorm(MeanFor(x[0]), VarianceFor(x[0]), x[1], x[2]), Signed([5, 3]),
            Between(0.5, 2, [3], 1), Signed([3], 2)),
        new("BatchNorm: of images without scale", x => x.BatchNorm(MeanFor(x), VarianceFor(x)), Signed([2, 3, 2, 3])),
        new("BatchNormRelu", x => x[0].BatchNormRelu(MeanFor(x[0]), VarianceFor(x[0]), x[1], x[2]),
            Signed([2, 2, 2, 3]), Between(0.5, 2, [3], 1), Signed([3], 2)),
    ];

    static Tensor MeanFor(Tensor x) => x.DType == DType.Float64 ? Mean.Value : SingleMean.Value;

    static Tensor VarianceFor(Tensor x) => x.DType == DType.Float64 ? Variance.Value : SingleVariance.Value;
}
