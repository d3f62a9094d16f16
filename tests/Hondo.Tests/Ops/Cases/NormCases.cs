using Hondo.Kernels;
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
        new("BatchNormAddRelu", x => x[0].BatchNormAddRelu(x[3], MeanFor(x[0]), VarianceFor(x[0]), x[1], x[2]),
            Signed([2, 2, 2, 3]), Between(0.5, 2, [3], 1), Signed([3], 2), Signed([2, 2, 2, 3], 4)),
        new("BatchNormAddRelu: of itself, without scale",
            x => x.BatchNormAddRelu(x, MeanFor(x), VarianceFor(x)), Signed([4, 3])),
        new("LayerNorm", x => x[0].LayerNorm(x[1], x[2]), Signed([4, 5]), Between(0.5, 2, [5], 1), Signed([5], 2)),
        new("LayerNorm: of two axes", x => x[0].LayerNorm(x[1], x[2]), Signed([2, 3, 4]), Between(0.5, 2, [3, 4], 1),
            Signed([3, 4], 2)),
        new("LayerNorm: without scale", x => x.LayerNorm(), Signed([3, 6])),
        new("RmsNorm", (x, scale) => x.RmsNorm(scale), Signed([4, 5]), Between(0.5, 2, [5], 1)),
        new("GroupNorm", x => x[0].GroupNorm(2, x[1], x[2]), Signed([2, 3, 4]), Between(0.5, 2, [4], 1),
            Signed([4], 2)),
        new("LocalResponseNorm", x => x.LocalResponseNorm(3, 0.3, 0.75, 1.5), Signed([2, 2, 6])),
        new("LocalResponseNorm: of an even size", x => x.LocalResponseNorm(4, 0.3), Signed([2, 7])),
        new("Resize", x => x.Resize(5, 3, Interpolation.Bilinear), Signed([2, 3, 4, 2])),
        new("Resize: nearest", x => x.Resize(2, 7, Interpolation.Nearest), Signed([1, 3, 4, 2])),
        new("Resize: bicubic", x => x.Resize(5, 6, Interpolation.Bicubic), Signed([1, 3, 4, 1])),
        new("Resize: corners aligned", x => x.Resize(5, 3, Interpolation.Bilinear, alignCorners: true),
            Signed([1, 3, 4, 2])),
    ];

    static Tensor MeanFor(Tensor x) => x.DType == DType.Float64 ? Mean.Value : SingleMean.Value;

    static Tensor VarianceFor(Tensor x) => x.DType == DType.Float64 ? Variance.Value : SingleVariance.Value;
}
