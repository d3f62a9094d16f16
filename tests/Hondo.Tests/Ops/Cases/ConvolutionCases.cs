using Hondo.Ops;
using Hondo.Tensors;
using static Hondo.Tests.Ops.Cases.Inputs;

namespace Hondo.Tests.Ops.Cases;

static class ConvolutionCases
{
    // Written where they are used, brackets would take memory at every step.
    static readonly Pair Uneven = [2, 1], AddedRow = [1, 0], Flat = [1, 3];
    static readonly Padding Tall = [2, 1];
    static readonly Padding Past = new(0, [2, 0]);

    public static IEnumerable<OpCase> All =>
    [
        new("Conv", x => x[0].Conv2d(x[1], x[2]), Signed([2, 4, 3, 2]), Signed([3, 2, 2, 3], 1), Signed([3], 2)),
        new("Conv: strided, padded", (x, w) => x.Conv2d(w, stride: 2, padding: 1), Signed([2, 5, 4, 2]),
            Signed([3, 3, 2, 3], 1)),
        new("Conv: same", (x, w) => x.Conv2d(w, padding: Padding.Same), Signed([1, 3, 4, 2]),
            Signed([2, 4, 2, 2], 1)),
        new("Conv: dilated, by groups", (x, w) => x.Conv2d(w, padding: Tall, dilation: Uneven, groups: 2),
            Signed([1, 4, 3, 4]), Signed([3, 2, 2, 4], 1)),
        new("Conv: each channel", (x, w) => x.Conv2d(w, padding: 1, groups: 3), Signed([2, 3, 4, 3]),
            Signed([3, 3, 1, 3], 1)),
        new("Conv: each channel twice", (x, w) => x.Conv2d(w, stride: Uneven, groups: 2), Signed([1, 5, 4, 2]),
            Signed([3, 3, 1, 4], 1)),
        new("Conv: pixels", x => x[0].Conv2d(x[1], x[2]), Signed([2, 3, 2, 4]), Signed([1, 1, 4, 3], 1),
            Signed([3], 2)),
        new("Conv: causal sequences", x => x[0].Conv1d(x[1], x[2], padding: Past.Horizontal), Signed([2, 5, 3]),
            Signed([3, 3, 2], 1), Signed([2], 2)),
        new("Conv3d", x => x[0].Conv3d(x[1], x[2], stride: (2, 1), padding: (1, 1)), Signed([2, 3, 3, 2, 2]),
            Signed([2, 3, 2, 2, 2], 1), Signed([2], 2)),
        new("ConvTranspose", x => x[0].ConvTranspose(x[1], x[2], stride: 2, padding: 1, outputPadding: AddedRow),
            Signed([2, 3, 2, 3]), Signed([3, 3, 2, 3], 1), Signed([2], 2)),
        new("ConvTranspose: dilated, by groups", (x, w) => x.ConvTranspose(w, stride: Flat, dilation: 2, groups: 2),
            Signed([1, 2, 3, 4]), Signed([2, 2, 2, 4], 1)),
        new("ConvTranspose: pixels", x => x[0].ConvTranspose(x[1], x[2]), Signed([2, 2, 3, 4]),
            Signed([1, 1, 3, 4], 1), Signed([3], 2)),
        new("ConvTranspose: sequences", (x, w) => x.ConvTranspose(w, stride: 2, padding: Padding.Same),
            Signed([2, 4, 3]), Signed([3, 2, 3], 1)),
    ];
}
