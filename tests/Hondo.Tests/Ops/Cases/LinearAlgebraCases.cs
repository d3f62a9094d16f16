using Hondo.Ops;
using Hondo.Tensors;
using static Hondo.Tests.Ops.Cases.Inputs;

namespace Hondo.Tests.Ops.Cases;

static class LinearAlgebraCases
{
    static readonly int[] Open = [-1, 6];
    static readonly Tensor Mask = Ints([2, 3], 1, 0, 1, 0, 0, 1), Counts = Ints([2, 3], 4, 0, -7, 1, 2, 5);

    public static IEnumerable<OpCase> All =>
    [
        new("Solve", (a, b) => a.Solve(b), WellConditioned([2, 3, 3]), Signed([2, 3, 2], 1))
            { Tolerance = 1e-7, NaNVanishes = Refuses },
        new("Solve: a vector, one matrix for all", (a, b) => a.Solve(b), WellConditioned([3, 3]), Signed([3], 1))
            { NaNVanishes = Refuses },
        new("Solve: inverse", x => x.Inverse(), WellConditioned([3, 3])) { NaNVanishes = Refuses },
        new("Cholesky", x => (x.MatMul(x, transposeB: true) + Tensor.Eye(3, type: x.DType)).Cholesky(),
            Signed([2, 3, 3])) { Tolerance = 1e-7, NaNVanishes = Refuses },
        new("Svd", x => x.Svd().S, Signed([2, 4, 3])) { Tolerance = 1e-7, NaNVanishes = Refuses },
        new("Svd: vectors of a tall matrix", x => All3(x.Svd()), Signed([4, 3])) { Tolerance = 1e-7,
            NaNVanishes = Refuses },
        new("Svd: vectors of a wide matrix", x => All3(x.Svd()), Signed([2, 4])) { Tolerance = 1e-7,
            NaNVanishes = Refuses },
        new("Svd: vectors of a square matrix", x => All3(x.Svd()), Signed([3, 3])) { Tolerance = 1e-7,
            NaNVanishes = Refuses },
        new("MaskedSelect", x => x[Mask], Signed([2, 3, 2])) { NaNVanishes = "what is not selected does not count" },
        new("Slice: by ranges", x => x[1.., ^1], Signed([3, 4])),
        new("Reshape: an open axis", x => x.Reshape(Open), Signed([3, 4])),
        new("Whole", x => x * 2 + x - 3 * -x, Counts),
        new("Whole: compared", x => (x > 1).And(x.NotEqualTo(4)).Or(x.EqualTo(0)), Counts),
        new("Whole: sum", x => x + x, Counts),
        new("Whole: difference", x => 1 - x, Counts),
        new("Whole: product", x => x * x, Counts),
        new("Whole: quotient", x => x.FloorDivide(Tensor.Full([], 3, DType.Int32)), Counts),
        new("Sum: of whole numbers", x => x.Sum(1), Counts),
        new("Max: of whole numbers", x => x.Max(0) - x.Min(0) + x.ArgMax(0) + x.Sort(0).Sum(0), Counts),
    ];

    const string Refuses = "a matrix that is not finite is refused";

    static Tensor WellConditioned(Shape shape) =>
        Tensor.Of((Signed(shape) + Tensor.Eye(3, type: DType.Float64) * 4).ToArray<double>(), shape);

    static Tensor All3((Tensor U, Tensor S, Tensor V) parts) =>
        Tensor.Concat(0, parts.U, parts.S.Unsqueeze(0), parts.V * 2);
}
