using Hondo.Ops;
using Hondo.Tensors;
using static Hondo.Tests.Ops.Cases.Inputs;

namespace Hondo.Tests.Ops.Cases;

static class ShapeCases
{
    // Kept, as an unoptimised program allocates for a list of numbers that stands in the code.
    static readonly int[] Order = [2, 0, 1], Counts = [2, 1, 3], Before = [1, 2], After = [2, 1], Crop = [-1, 0];
    static readonly int[] Ends = [0, 2];

    static readonly Tensor Rows = Ints([2, 3], 2, 0, 2, 1, 2, 0), Places = Ints([2, 4], 2, 0, 2, 1, 1, 1, 0, 2);

    public static IEnumerable<OpCase> Shapes =>
    [
        new("Permute", x => x.Permute(Order), Signed([2, 3, 4])),
        new("Permute: transpose", x => x.Transpose(), Signed([2, 3, 4])),
        new("Slice", x => x.Slice(.., 1..3, ^2..), Signed([2, 3, 4])),
        new("Slice: steps and an index", x => x.Slice((0..3).By(2), 1, (1..).By(2)), Signed([3, 2, 4])),
        new("Slice: split", x => x.Split(2, 1)[1] * x.Chunk(2, 1)[0], Signed([3, 4])),
        new("Flip", x => x.Flip(Ends), Signed([2, 3, 4])),
        new("Diagonal", x => x.Diagonal(), Signed([3, 4])),
        new("Diagonal: of matrices", x => x.Diagonal(1, 2), Signed([2, 3, 3])),
        new("Concat", x => Tensor.Concat(1, x[0], x[1], x[0]), Signed([2, 3]), Signed([2, 1], 1)),
        new("Stack", x => Tensor.Stack(1, x[0], x[1]), Signed([2, 3]), Signed([2, 3], 1)),
        new("Repeat", x => x.Repeat(Counts), Signed([2, 3, 2])),
        new("Roll", x => x.Roll(2, 1), Signed([2, 3, 2])),
        new("Roll: back", x => x.Roll(-4, 0), Signed([3, 2])),
        new("Tril", x => x.Tril(-1), Signed([2, 3, 4])) { NaNVanishes = "the rest of the matrix is 0" },
        new("Triu", x => x.Triu(1), Signed([3, 4])) { NaNVanishes = "the rest of the matrix is 0" },
        new("Pad", x => x.Pad(Before, Crop, 0.5), Signed([3, 4])),
        new("Pad: reflect", x => x.PadReflect(Before, After), Signed([3, 4])),
        new("Pad: replicate", x => x.PadReplicate(Before, After), Signed([3, 4])),
        new("Pad: circular", x => x.PadCircular(Before, After), Signed([3, 4])),
        new("Reshape: squeeze and unsqueeze", x => x.Unsqueeze(1).Squeeze(0), Signed([1, 3])),
    ];

    public static IEnumerable<OpCase> Indexing =>
    [
        new("IndexSelect", x => x.IndexSelect(Rows, 1), Signed([2, 3, 2])),
        new("IndexSelect: embedding", x => x.Embedding(Rows), Signed([3, 4])),
        new("Gather", x => x.Gather(Places, 0), Signed([3, 4])),
        new("ScatterAdd", (x, source) => x.ScatterAdd(Places, source, 0), Signed([3, 4]), Signed([2, 4], 1)),
        new("OneHot", x => x.OneHot(3, DType.Float64), Rows),
        new("ArgSort", x => x.ArgSort(1), Signed([3, 4])) { NaNVanishes = "the result is indices" },
        new("Gather: sorted", x => x.Sort(0), Signed([4, 3])) { NaNVanishes = "a NaN goes to the end" },
        new("Gather: largest", x => x.TopK(2), Signed([3, 5])) { NaNVanishes = "a NaN counts as the largest" },
        new("CumSum", x => x.CumSum(1), Signed([2, 3, 2])),
    ];
}
