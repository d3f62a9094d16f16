using Hondo.Ops;
using static Hondo.Tests.Ops.Cases.Inputs;

namespace Hondo.Tests.Ops.Cases;

static class PoolingCases
{
    static readonly PoolWindow Two = new(2), Overlapping = new(3, 2, 1), Ceiling = new(3, 2, 0, 1, ceilMode: true);
    static readonly PoolWindow Gaps = new(2, 1, 0, 2), Loose = new(2, 3);

    public static IEnumerable<OpCase> All =>
    [
        new("MaxPool", x => x.MaxPool(Two, Two), Signed([2, 5, 4, 3])),
        new("MaxPool: one channel", x => x.MaxPool(Two, Two), Signed([2, 4, 4, 1])),
        new("MaxPool: overlapping", x => x.MaxPool(Overlapping, Overlapping), Signed([2, 5, 6, 5])),
        new("MaxPool: beyond the end", x => x.MaxPool(Ceiling, Ceiling), Signed([1, 6, 6, 2])),
        new("MaxPool: gaps", x => x.MaxPool(Gaps, Two), Signed([1, 4, 4, 2])),
        new("MaxPool: inputs in no window", x => x.MaxPool(Loose, Loose), Signed([1, 8, 5, 2])),
        new("MaxPool: sequences", x => x.MaxPool(Overlapping), Signed([2, 5, 3])),
        new("ReluMaxPool", x => x.ReluMaxPool(Two, Two), Signed([2, 4, 4, 17])),
        new("ReluMaxPool: overlapping", x => x.ReluMaxPool(Overlapping, Ceiling), Signed([1, 5, 6, 2])),
        new("AveragePool", x => x.AveragePool(Two, Two), Signed([2, 5, 4, 3])),
        new("AveragePool: with the border", x => x.AveragePool(Overlapping, Overlapping), Signed([2, 5, 6, 5])),
        new("AveragePool: without the border",
            x => x.AveragePool(Overlapping, new(3, 2, 1, 1, ceilMode: true), countIncludePad: false),
            Signed([1, 5, 6, 2])),
        new("AveragePool: sequences", x => x.AveragePool(Overlapping), Signed([2, 5, 3])),
        new("AdaptiveAveragePool", x => x.AdaptiveAveragePool(3, 2), Signed([2, 5, 3, 3])),
        new("AdaptiveAveragePool: larger than the input", x => x.AdaptiveAveragePool(4, 5), Signed([1, 3, 2, 2])),
        new("AdaptiveMaxPool", x => x.AdaptiveMaxPool(3, 2), Signed([2, 5, 3, 3])),
        new("AdaptiveMaxPool: global", x => x.AdaptiveMaxPool(1, 1), Signed([2, 3, 3, 16])),
    ];
}
