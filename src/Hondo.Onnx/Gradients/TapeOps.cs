namespace Hondo.Onnx.Gradients;

/// <summary>The operators that have a gradient, by their names; each family adds its own.</summary>
static class TapeOps
{
    static readonly Dictionary<string, TapeOp> Ops = Fill();

    /// <summary>What runs a node on the tape, or null.</summary>
    public static TapeOp? Find(Node node) => node.Domain.Length == 0 ? Ops.GetValueOrDefault(node.Op) : null;

    /// <summary>The names of all.</summary>
    public static IEnumerable<string> Names => Ops.Keys.Order(StringComparer.Ordinal);

    static Dictionary<string, TapeOp> Fill()
    {
        Dictionary<string, TapeOp> ops = [];
        TapeFormulas.AddTo(ops);
        TapeArithmetic.AddTo(ops);
        TapeMoves.AddTo(ops);
        TapeShapes.AddTo(ops);
        TapeReductions.AddTo(ops);
        TapeNorms.AddTo(ops);
        TapeMatrices.AddTo(ops);
        TapeConvolutions.AddTo(ops);
        TapePools.AddTo(ops);
        TapeRecurrence.AddTo(ops);
        TapeAttention.AddTo(ops);
        TapeGrids.AddTo(ops);
        return ops;
    }
}
