using Hondo.Onnx.Ops;
using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;
using Hondo.Tensors;
using Call = Hondo.Onnx.Runtime.Call;

namespace Hondo.Onnx.Gradients;

/// <summary>
/// Runs the nodes that weights or the input flow through by Hondo's own ops, so that they train; the evaluator computes
/// all others: shapes, places, masks. Where gradients do not pass a node, Backward names it.
/// </summary>
/// <param name="type">What the model computes with: Float32, or Float64 for gradient checks.</param>
sealed class TapeRunner(DType type) : INodeRunner
{
    // Of what these read they take the shape alone, or they draw.
    static readonly HashSet<string> Independent = ["Shape", "Size", "RandomNormalLike", "RandomUniformLike", "EyeLike",
        "Bernoulli", "ConstantOfShape"];

    static readonly HashSet<string> Rounding = ["QuantizeLinear", "DynamicQuantizeLinear"];

    readonly List<TapeValue> _read = [];
    bool _isPlain;

    public DType Type => type;

    public OnnxValue?[]? TryRun(Call call)
    {
        // The nodes of a branch, of a loop, of a function, or of an op that is said by others come here one by one.
        if (_isPlain || OpTable.IsComposed(call.Node) || call.Interpreter.IsFunction(call.Node))
            return null;
        return Enumerable.Range(0, call.Count).Any(i => IsOnTape(call.Value(i))) ? RunByOps(call) ?? RunPlainly(call)
            : null;
    }

    // A form that Hondo's ops do not take, such as no numbers at all, is the evaluator's: it also says what is wrong.
    OnnxValue?[]? RunByOps(Call call)
    {
        try
        {
            return TapeOps.Find(call.Node)?.Invoke(new(call, this));
        }
        catch (Exception error) when (error is OnnxException or ShapeException or ArgumentException
            or IndexOutOfRangeException or InvalidOperationException or OverflowException or DivideByZeroException)
        {
            return null;
        }
    }

    static bool IsOnTape(OnnxValue? value) => value is TapeValue
        || (value is OnnxSequence sequence && sequence.Items.Any(IsOnTape));

    public OnnxValue? ToPlain(OnnxValue? value)
    {
        if (value is OnnxSequence sequence)
            return new OnnxSequence([.. sequence.Items.Select(item => ToPlain(item)!)]);
        if (value is not TapeValue on)
            return value;
        _read.Add(on);
        return on.ToPlain();
    }

    OnnxValue?[] RunPlainly(Call call)
    {
        _read.Clear();
        _isPlain = true;
        OnnxValue?[] outputs = call.Interpreter.RunPlain(call);
        _isPlain = false;
        TapeValue[] sources = [.. _read.Distinct()];
        if (Rounding.Contains(call.Node.Op))
            RequireNoTraining(call.Node, sources);
        return Independent.Contains(call.Node.Op) || sources.Length == 0 ? outputs
            : [.. outputs.Select(output => Back(output, sources, call.Node))];
    }

    static void RequireNoTraining(Node node, TapeValue[] sources)
    {
        if (Tape.Active is { Info.Mode: Mode.Training } && sources.Any(source => source.InFile.Node.NeedsGradient))
            throw new OnnxNotSupportedException(Undifferentiable.Message(node.Label));
    }

    OnnxValue? Back(OnnxValue? output, TapeValue[] sources, Node node)
    {
        if (output is OnnxSequence sequence)
            return new OnnxSequence([.. sequence.Items.Select(item => Back(item, sources, node)!)]);
        if (output is not OnnxTensor { IsFloat: true } plain)
            return output;
        if (plain.Rank > Shape.MaxRank)
        {
            RequireNoTraining(node, sources);
            return output;
        }
        var shape = Shape.Create(plain.Dims);
        Tensor y = type == DType.Float64 ? Tensor.Of(plain.Numbers, shape) : Tensor.Of(plain.AsFloats(), shape);
        return TapeValue.Of(Tape.Active is null ? y : Tape.Apply(new Undifferentiable(node.Label),
            [y, .. sources.Select(source => source.InFile)]), plain.Type);
    }
}

/// <summary>
/// y = the first operand, which was computed from the others by a node without a gradient: Backward names the node
/// </summary>
/// <param name="Label">The node.</param>
readonly record struct Undifferentiable(string Label) : IOp
{
    static string IOp.Name => "OnnxNode";

    public static string Message(string node) => $"{node} has no gradient, so what lies before it cannot be trained. "
        + "Freeze the weights there, or export the model again with operators that have one.";

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y) => x[0].Data.CopyTo(y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) =>
        throw new OnnxNotSupportedException(Message(Label));
}
