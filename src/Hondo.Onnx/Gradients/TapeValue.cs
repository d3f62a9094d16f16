using System.Runtime.CompilerServices;
using Hondo.Layers;
using Hondo.Onnx.Ops;
using Hondo.Onnx.Values;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Gradients;

/// <summary>
/// A value that depends on weights or on the layer's input: one of Hondo's tensors, so that gradients flow through it.
/// It lies as in the file, features last, or both: each order is made when it is first asked for, so that nothing is
/// transposed between convolutions.
/// </summary>
sealed class TapeValue : OnnxValue
{
    static readonly ConditionalWeakTable<OnnxTensor, object> Constants = [];

    Tensor? _file, _last;

    TapeValue(ElementType type) => Type = type;

    /// <summary>The type in the file; the tensor is float32 or float64.</summary>
    public ElementType Type { get; }

    /// <summary>The running statistic that this is, or null.</summary>
    public State? State { get; private init; }

    /// <summary>A tensor that lies as in the file.</summary>
    public static TapeValue Of(Tensor x, ElementType type = ElementType.Float32, State? state = null) =>
        new(type) { _file = x, State = state };

    /// <summary>A tensor [batch, .., channels] of what is [batch, channels, ..] in the file.</summary>
    public static TapeValue FeaturesLast(Tensor x, ElementType type = ElementType.Float32) => x.Shape.Rank > 2
        ? new(type) { _last = x } : Of(x, type);

    /// <summary>Numbers of the file, as constants.</summary>
    /// <param name="x">Fractions.</param>
    /// <param name="type">What the model computes with.</param>
    public static Tensor Constant(OnnxTensor x, DType type)
    {
        var shape = Shape.Create(x.Dims);
        if (type == DType.Float64)
            return Tensor.Of(x.AsNumbers(), shape);
        // The same tensor in each step: the tape then records nothing anew.
        return (Tensor)Constants.GetValue(x, static one => Tensor.Of(one.AsFloats(), Shape.Create(one.Dims)));
    }

    /// <summary>The numbers in the order of the file.</summary>
    public Tensor InFile => _file ??= _last!.Value.Permute(FromLast(_last.Value.Shape.Rank));

    /// <summary>The numbers features last.</summary>
    public Tensor Last => _last ??= Rank > 2 ? _file!.Value.Permute(ToLast(Rank)) : _file!.Value;

    /// <summary>True where the numbers are there features last.</summary>
    public bool HasLast => _last is not null;

    public int Rank => (_file ?? _last!.Value).Shape.Rank;

    /// <summary>The lengths of the axes in the file.</summary>
    public int[] Dims => _file is { } file ? [.. file.Shape]
        : [.. FromLast(Rank).Select(axis => _last!.Value.Shape[axis])];

    public override (ElementType Type, int[] Dims) Form => (Type, Dims);

    /// <summary>Where an axis of the file lies features last.</summary>
    public int PlaceInLast(int axis) => Array.IndexOf(ToLast(Rank), axis);

    /// <summary>The same numbers under another type of the file.</summary>
    public TapeValue As(ElementType type) => new(type) { _file = _file, _last = _last };

    /// <summary>f of every number, in the order that is there.</summary>
    public TapeValue Map(Func<Tensor, Tensor> f) => _last is { } last ? FeaturesLast(f(last), Type)
        : Of(f(_file!.Value), Type);

    /// <summary>The numbers, as the evaluator takes them; zeros where shapes alone are followed.</summary>
    public OnnxTensor ToPlain() => ShapeTrace.Active is not null
        ? ConstantOps.Fill(Dims, OnnxTensor.Scalar(Type, 0)) : OnnxTensor.Of(Type, Dims, InFile.ToArray<double>());

    static int[] ToLast(int rank) => [0, .. Enumerable.Range(2, rank - 2), 1];

    static int[] FromLast(int rank) => [0, rank - 1, .. Enumerable.Range(1, rank - 2)];

    public override string Describe() => $"{Type.Name()} [{string.Join(", ", Dims)}]";
}
