using Hondo.Onnx.Values;
using Hondo.Tensors;
using Call = Hondo.Onnx.Runtime.Call;

namespace Hondo.Onnx.Gradients;

/// <summary>A node with the values that it reads, some of them on the tape: what an op with a gradient gets.</summary>
sealed class TapeCall(Call plain, TapeRunner runner)
{
    public Node Node => plain.Node;

    public int Count => plain.Count;

    /// <summary>The call as the evaluator's own ops take it.</summary>
    public Call Plain => plain;

    public TapeRunner Runner => runner;

    public bool Has(int i) => plain.Value(i) is not null;

    /// <summary>An input as a tensor with its place on the tape.</summary>
    public TapeValue this[int i] => plain.Value(i) switch
    {
        TapeValue value => value,
        OnnxTensor { IsFloat: true } constant => TapeValue.Of(TapeValue.Constant(constant, runner.Type), constant.Type),
        var other => throw new OnnxException($"Input {i} is {other?.Describe() ?? "left out"}, but must be fractions."),
    };

    /// <summary>An input in the order of the file.</summary>
    public Tensor Tensor(int i) => this[i].InFile;

    /// <summary>An input that is a place, a length or another number that gradients do not reach.</summary>
    public OnnxTensor Constant(int i) => runner.ToPlain(plain.Value(i)) as OnnxTensor
        ?? throw new OnnxException($"Input {i} is left out, but is needed.");

    /// <summary>The lengths of an input's axes.</summary>
    public int[] Dims(int i) => DimsOf(plain.Value(i));

    public static int[] DimsOf(OnnxValue? value) => value is null
        ? throw new OnnxException("A tensor is needed, but it is left out.") : [.. value.Form.Dims];

    /// <summary>The result, in the order of the file.</summary>
    public OnnxValue?[] Result(Tensor y) => [TapeValue.Of(y, this[0].Type)];

    /// <summary>The call with constants in place of some inputs.</summary>
    public Call With(OnnxValue?[] values) => new(plain.Node, values, plain.Scope, plain.Interpreter);
}

/// <summary>An operator with a gradient: its outputs, or null for a form of it that has none.</summary>
delegate OnnxValue?[]? TapeOp(TapeCall call);
