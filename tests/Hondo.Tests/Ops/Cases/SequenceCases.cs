using Hondo.Kernels;
using Hondo.Ops;
using Hondo.Tensors;
using static Hondo.Tests.Ops.Cases.Inputs;

namespace Hondo.Tests.Ops.Cases;

static class SequenceCases
{
    const RecurrentInputs All3 = RecurrentInputs.Bias | RecurrentInputs.State | RecurrentInputs.Mask;

    public static IEnumerable<OpCase> All =>
    [
        Case<LstmCell>("Recurrent: LSTM, reversed, masked, both states",
            All3 | RecurrentInputs.FinalState | RecurrentInputs.Reversed, 4, 2),
        Case<GruCell>("Recurrent: GRU, masked", All3, 3, 1),
        Case<GruCell>("Recurrent: GRU, final state", RecurrentInputs.Bias | RecurrentInputs.FinalState, 3, 1),
        Case<RnnTanhCell>("Recurrent: RNN, tanh", All3 | RecurrentInputs.FinalState, 1, 1),
        Case<RnnReluCell>("Recurrent: RNN, ReLU", RecurrentInputs.None, 1, 1),
        Turing<LstmCell>("Ntm: LSTM", 4, 2, 1, 1),
        Turing<RnnTanhCell>("Ntm: feed-forward, two heads of each kind", 1, 0, 2, 2),
        Tokens<LstmCell>("Recurrent: LSTM of tokens", 12),
        Tokens<GruCell>("Recurrent: GRU of tokens", 9),
    ];

    static OpCase Case<TCell>(string name, RecurrentInputs inputs, int gates, int states) where TCell : struct, ICell
    {
        List<Tensor> operands = [Signed([2, 3, 2]), Signed([gates * 3, 2], 1), Signed([gates * 3, 3], 2)];
        if ((inputs & RecurrentInputs.Bias) != 0)
            operands.AddRange([Signed([gates * 3], 3), Signed([gates * 3], 4)]);
        if ((inputs & RecurrentInputs.State) != 0)
            operands.Add(Signed([2, states + 1, 3], 5));
        int first = 0;
        if ((inputs & RecurrentInputs.Mask) != 0)
        {
            operands.Add(Ints([2, 3], 1, 1, 1, 1, 0, 0));
            first = 1;
        }
        return Case(name, new RecurrentOp<TCell>(3, inputs, first), [.. operands]);
    }

    static OpCase Tokens<TCell>(string name, int gates) where TCell : struct, ICell =>
        Case(name, new RecurrentOp<TCell>(2, RecurrentInputs.Bias, 0), Ints([2, 3], 0, 2, 1, 2, 2, 0),
            Signed([gates, 3]), Signed([gates, 3], 1), Signed([gates], 2), Signed([gates], 3));

    static OpCase Case<TCell>(string name, RecurrentOp<TCell> op, params Tensor[] operands) where TCell : struct,
        ICell =>
        new(name, x => Tape.Apply(op, x as Tensor[] ?? [.. x]), operands) { Tolerance = 1e-7 };

    static OpCase Turing<TCell>(string name, int slots, int carried, int reads, int writes) where TCell : struct, ICell
    {
        var sizes = new NtmSizes(2, 3, 1, 2, carried, reads, writes, 16, 2);
        var op = new NtmOp<TCell>(reads, writes, 16, 2);
        return new(name, x => Tape.Apply(op, x as Tensor[] ?? [.. x]), Signed([2, 3, 1]),
            Signed([slots * 2, sizes.Channels], 1), Signed([slots * 2], 2), Signed([sizes.Numbers, 2], 3),
            Signed([sizes.Numbers], 4))
        {
            Tolerance = 1e-7,
        };
    }
}
