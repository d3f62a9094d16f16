using Hondo.Kernels;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>Recurrent layers. In the file time comes first, and stays so from layer to layer.</summary>
static class RecurrentTranslations
{
    static readonly int[] TimeFirst = [1, 0, 2];

    /// <summary>All of them: the gates that Hondo's weights have in the order of ONNX.</summary>
    public static OpTranslation[] All { get; } =
    [
        // i, f, g, o → i, o, f, g
        OpTranslation.Of<RecurrentOp<LstmCell>>((op, t) => Write(op, t, "LSTM", [0, 3, 1, 2])),
        // r, z, n → z, r, n
        OpTranslation.Of<RecurrentOp<GruCell>>((op, t) => Write(op, t, "GRU", [1, 0, 2], ("linear_before_reset", 1))),
        OpTranslation.Of<RecurrentOp<RnnTanhCell>>((op, t) => Write(op, t, "RNN", [0])),
        OpTranslation.Of<RecurrentOp<RnnReluCell>>((op, t) => Write(op, t, "RNN", [0],
            ("activations", (string[])["Relu"]))),
    ];

    static Value Write<TCell>(RecurrentOp<TCell> op, Translation t, string name, int[] gates,
        params (string, object)[] more) where TCell : struct, ICell
    {
        if (op.Has(RecurrentInputs.Mask))
            throw t.Refuse($"{name} with a mask", "Export the model without the mask, for sequences without padding.");
        int hidden = t.Dims[2].Length, states = TCell.HasMemory ? 2 : 1;
        Value x = t.Inputs[0];
        x = t.Arrange(x.Rank == 2 ? IndexTranslations.OneHot(t, t.Arrange(x, [1, 0]), t.Inputs[1].Dims[1].Length) : x,
            TimeFirst);
        if (x.Dims[0] != op.Steps)
            x = ShapeTranslations.Cut(t, x, [1], _ => 0, _ => op.Steps, _ => 1, _ => op.Steps);
        bool hasBias = op.Has(RecurrentInputs.Bias);
        List<Value?> operands = [x, Gates(t, t.Inputs[1], gates), Gates(t, t.Inputs[2], gates),
            hasBias ? Biases(t, gates) : null];
        if (op.Has(RecurrentInputs.State))
            operands.AddRange([null, .. Enumerable.Range(op.FirstState, states).Select(state =>
                State(t, t.Inputs[hasBias ? 5 : 3], state))]);
        Dim batch = t.Dims[0];
        Value y = Plain([op.Steps, 1, batch, hidden]), end = Plain([1, batch, hidden]);
        Value[] like = op.Has(RecurrentInputs.FinalState) ? [y, .. Enumerable.Repeat(end, states)] : [y];
        Value[] results = t.Nodes(name, like, operands, [("hidden_size", hidden),
            ("direction", op.Has(RecurrentInputs.Reversed) ? "reverse" : "forward"), .. more]);
        Value steps = t.Node("Squeeze", Plain([op.Steps, batch, hidden]) with { Order = TimeFirst },
            [results[0], Translation.Integers(1)]);
        return results.Length == 1 ? steps
            : t.Node("Concat", TimeFirst, [steps, .. results[1..]], ("axis", 0));
    }

    static Value Plain(Dim[] dims) => new() { Dims = dims, Order = Value.Plain(dims.Length), Type = DType.Float32 };

    static Weight Known(Translation t, Value x) => x.Weight ?? throw t.Refuse("a recurrent layer whose weights are "
        + "computed", "Give it parameters of its own.");

    // [gates · hidden, inputs] → [directions 1, gates · hidden, inputs]
    static Value Gates(Translation t, Value x, int[] gates)
    {
        Weight weight = Known(t, x);
        return Translation.Of(weight.Parts(gates.Length, gates).Reshape([1, .. weight.Dims]));
    }

    static Value Biases(Translation t, int[] gates)
    {
        Weight input = Known(t, t.Inputs[3]).Parts(gates.Length, gates), state = Known(t, t.Inputs[4]);
        return Translation.Of(input.Then(state.Parts(gates.Length, gates)).Reshape(1, input.Size + state.Size));
    }

    // [batch, states, hidden] → [1, batch, hidden]
    static Value State(Translation t, Value x, int state) =>
        t.Arrange(ShapeTranslations.Cut(t, x, [1], _ => state, _ => state + 1, _ => 1, _ => 1), TimeFirst);
}
