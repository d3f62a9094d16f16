using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Every op by its name; each family adds its own.</summary>
static class OpTable
{
    static readonly OpFamily All = Fill();

    static Dictionary<(string Domain, string Name), Op> Ops => All.Ops;

    /// <summary>Whether a node is only others, so that each of them may run on the tape.</summary>
    public static bool IsComposed(Graphs.Node node) => All.Composed.Contains((node.Domain, node.Op));

    /// <summary>The op of a name, or null.</summary>
    public static Op? Find(string domain, string name) => Ops.GetValueOrDefault((domain, name));

    /// <summary>The names of all ops.</summary>
    public static IEnumerable<string> Names => Ops.Keys.Select(key => key.Name).Order(StringComparer.Ordinal);

    static OpFamily Fill()
    {
        var table = new OpFamily();
        UnaryOps.AddTo(table);
        BinaryOps.AddTo(table);
        ConstantOps.AddTo(table);
        CastOps.AddTo(table);
        ShapeOps.AddTo(table);
        SliceOps.AddTo(table);
        ReductionOps.AddTo(table);
        IndexOps.AddTo(table);
        ScatterOps.AddTo(table);
        MatrixOps.AddTo(table);
        ConvolutionOps.AddTo(table);
        PoolOps.AddTo(table);
        NormOps.AddTo(table);
        LossOps.AddTo(table);
        QuantizationOps.AddTo(table);
        ResizeOp.AddTo(table);
        AttentionOps.AddTo(table);
        RecurrentOps.AddTo(table);
        ControlOps.AddTo(table);
        SequenceOps.AddTo(table);
        TextOps.AddTo(table);
        SignalOps.AddTo(table);
        GridOps.AddTo(table);
        MicrosoftOps.AddTo(table);
        return table;
    }
}

/// <summary>Takes what a family of ops adds.</summary>
sealed class OpFamily
{
    public const string MachineLearning = "ai.onnx.ml", Training = "ai.onnx.preview.training";

    public Dictionary<(string Domain, string Name), Op> Ops { get; } = [];

    /// <summary>The ops that are said by others: they take their inputs as they are.</summary>
    public HashSet<(string Domain, string Name)> Composed { get; } = [];

    /// <summary>An op that is said by others, whatever their inputs lie on.</summary>
    public OpFamily Compose(string domain, string name, Op op)
    {
        Composed.Add((domain, name));
        return AddAll(domain, name, op);
    }

    /// <summary>An op of one output.</summary>
    public OpFamily Add(string name, Func<Call, OnnxValue?> op) => AddAll(name, call => [op(call)]);

    /// <summary>An op of several outputs.</summary>
    public OpFamily AddAll(string name, Op op)
    {
        Ops.Add(("", name), op);
        return this;
    }

    /// <summary>An op of another domain.</summary>
    public OpFamily AddAll(string domain, string name, Op op)
    {
        Ops.Add((domain, name), op);
        return this;
    }
}
