using Hondo.Ops;
using Hondo.Tensors;
using static Hondo.Tests.Ops.Cases.Inputs;

namespace Hondo.Tests.Ops.Cases;

static class AttentionCases
{
    const AttentionMasks Both = AttentionMasks.Causal | AttentionMasks.Padding;

    public static IEnumerable<OpCase> All =>
    [
        Case("Attention", AttentionMasks.None, Signed([2, 3, 4]), Signed([2, 5, 4], 1), Signed([2, 5, 4], 2)),
        Case("Attention: causal, side by side", AttentionMasks.Causal, Signed([2, 4, 12])),
        Case("Attention: keys and values side by side, padded", AttentionMasks.Padding, Signed([2, 3, 4]),
            Signed([2, 4, 8], 1), Ints([2, 4], 1, 1, 0, 1, 0, 1, 1, 1)),
        Case("Attention: causal, more keys, padded", Both, Signed([2, 2, 4]), Signed([2, 4, 4], 1),
            Signed([2, 4, 4], 2), Ints([2, 4], 1, 0, 1, 1, 1, 1, 1, 0)),
        Case("Attention: two blocks of queries", AttentionMasks.Causal, Signed([1, 37, 6])),
        new("Attention: dropped weights", x => Tape.Apply(new AttentionOp(2, AttentionMasks.Causal, 0.4, 7), x[0]),
            Signed([2, 4, 12])) { NaNVanishes = "a weight that is dropped is 0 and hides its score" },
    ];

    static OpCase Case(string name, AttentionMasks masks, params Tensor[] operands) =>
        new(name, x => Tape.Apply(new AttentionOp(2, masks, 0, 0), x as Tensor[] ?? [.. x]), operands)
        {
            Tolerance = 1e-7,
        };
}
