using Hondo.Ops;
using Hondo.Tensors;
using static Hondo.Tests.Ops.Cases.Inputs;

namespace Hondo.Tests.Ops.Cases;

static class ReductionCases
{
    // Kept, as an unoptimised program allocates for a list of numbers that stands in the code.
    static readonly int[] Outer = [0, 2], Last = [-1], Middle = [1];

    public static IEnumerable<OpCase> All =>
    [
        new("Sum", x => x.Sum(), Signed([3, 4])),
        new("Sum: first axis", x => x.Sum(0), Signed([3, 4])),
        new("Sum: last axis kept", x => x.Sum(-1, keepDims: true), Signed([3, 4])),
        new("Sum: outer axes", x => x.Sum(Outer, keepDims: true), Signed([2, 3, 4])),
        new("Mean", x => x.Mean(), Signed([3, 4])),
        new("Mean: middle axis", x => x.Mean(1), Signed([2, 3, 4])),
        new("Mean: outer axes", x => x.Mean(Outer), Signed([2, 3, 4])),
        new("Max", (Tensor x) => x.Max(), Signed([3, 4])),
        new("Max: middle axis", x => x.Max(1), Signed([2, 3, 4])),
        new("Max: last axis", x => x.Max(Last, keepDims: true), Signed([2, 3, 4])),
        new("Min", (Tensor x) => x.Min(), Signed([3, 4])),
        new("Min: middle axis", x => x.Min(1), Signed([2, 3, 4])),
        new("Prod", x => x.Prod(), Signed([2, 3])),
        new("Prod: middle axis", x => x.Prod(1), Signed([2, 3, 4])),
        new("Norm", x => x.Norm(), Signed([3, 4])),
        new("Norm: middle axis", x => x.Norm(1), Signed([2, 3, 4])),
        new("Norm: outer axes", x => x.Norm(Outer), Signed([2, 3, 4])),
        new("LogSumExp", x => x.LogSumExp(), Signed([3, 4])),
        new("LogSumExp: middle axis", x => x.LogSumExp(1), Signed([2, 3, 4])),
        new("LogSumExp: outer axes", x => x.LogSumExp(Outer), Signed([2, 3, 4])),
        new("Max: index", x => x.ArgMax(1), Signed([2, 3, 4])) { NaNVanishes = "the result is the index of the NaN" },
        new("Min: index", x => x.ArgMin(0), Signed([2, 3, 4])) { NaNVanishes = "the result is the index of the NaN" },
        new("Sum: of variances", x => x.Var(1, keepDims: false) + x.Std(Outer, correction: 0).Sum(), Signed([2, 3, 4])),
        new("Sum: of power norms", x => x.PowerNorm(1, Middle) + x.PowerNorm(3, Middle) + x.PowerNorm(2, Middle),
            Signed([2, 3])),
        new("Norm: normalize", x => x.Normalize(1), Signed([2, 3, 4])),
    ];
}
