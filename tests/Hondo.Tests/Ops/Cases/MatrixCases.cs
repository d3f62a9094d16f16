using Hondo.Ops;
using static Hondo.Tests.Ops.Cases.Inputs;

namespace Hondo.Tests.Ops.Cases;

static class MatrixCases
{
    static readonly Hondo.Tensors.Shape TwoBySix = [2, 6];

    public static IEnumerable<OpCase> All =>
    [
        new("Linear", x => x[0].Linear(x[1], x[2]), Signed([3, 4]), Signed([2, 4], 1), Signed([2], 2)),
        new("Linear: sequences, no bias", x => x[0].Linear(x[1], null), Signed([2, 3, 4]), Signed([5, 4], 1)),
        new("MatMul", (a, b) => a.MatMul(b), Signed([3, 4]), Signed([4, 2], 1)),
        new("MatMul: aᵀ", (a, b) => a.MatMul(b, transposeA: true), Signed([4, 3]), Signed([4, 2], 1)),
        new("MatMul: bᵀ", (a, b) => a.MatMul(b, transposeB: true), Signed([3, 4]), Signed([2, 4], 1)),
        new("MatMul: both", (a, b) => a.MatMul(b, true, true), Signed([4, 3]), Signed([2, 4], 1)),
        new("MatMul: batched", (a, b) => a.MatMul(b), Signed([2, 3, 4]), Signed([2, 4, 2], 1)),
        new("MatMul: batched aᵀ", (a, b) => a.MatMul(b, transposeA: true), Signed([2, 4, 3]), Signed([2, 4, 2], 1)),
        new("MatMul: batched bᵀ", (a, b) => a.MatMul(b, transposeB: true), Signed([2, 3, 4]), Signed([2, 2, 4], 1)),
        new("MatMul: batch by matrix", (a, b) => a.MatMul(b), Signed([2, 3, 4]), Signed([4, 2], 1)),
        new("MatMul: batch by matrixᵀ", (a, b) => a.MatMul(b, transposeB: true), Signed([2, 3, 4]), Signed([2, 4], 1)),
        new("MatMul: batchᵀ by matrix", (a, b) => a.MatMul(b, transposeA: true), Signed([2, 4, 3]), Signed([4, 2], 1)),
        new("MatMul: matrix by batch", (a, b) => a.MatMul(b), Signed([3, 4]), Signed([2, 4, 2], 1)),
        new("MatMul: broadcast", (a, b) => a.MatMul(b), Signed([2, 1, 3, 4]), Signed([3, 4, 2], 1)),
        new("MatMul: broadcast both", (a, b) => a.MatMul(b, true, true), Signed([2, 1, 4, 3]), Signed([3, 2, 4], 1)),
        new("MatMul: matrix by vector", (a, b) => a.MatMul(b), Signed([3, 4]), Signed([4], 1)),
        new("MatMul: vector by matrix", (a, b) => a.MatMul(b), Signed([4]), Signed([4, 2], 1)),
        new("MatMul: vector by batch", (a, b) => a.MatMul(b), Signed([4]), Signed([3, 4, 2], 1)),
        new("MatMul: dot", (a, b) => a.MatMul(b), Signed([4]), Signed([4], 1)),
        new("MatMul: by itself", x => x.MatMul(x, transposeB: true), Signed([3, 4])),
        new("Reshape", x => x.Reshape(TwoBySix), Signed([3, 4])),
        new("Reshape: outer product", (a, b) => a.Outer(b), Signed([3]), Signed([4], 1)),
    ];
}
