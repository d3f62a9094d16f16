using Hondo.Onnx.Proto;

namespace Hondo.Onnx.Values;

/// <summary>Sequences and optional values of data files.</summary>
static class ValueReader
{
    static readonly TensorReader Tensors = new(null);

    public static OnnxSequence Read(SequenceProto proto) => new(proto.ElemType switch
    {
        1 => [.. proto.TensorValues.Select(Tensors.Read)],
        3 => [.. proto.SequenceValues.Select(Read)],
        5 => [.. proto.OptionalValues.Select(Read)],
        0 => [],
        _ => throw new OnnxNotSupportedException("It is a sequence of sparse tensors or maps, which Hondo does not "
            + "compute with."),
    });

    public static OnnxOptional Read(OptionalProto proto) => new(proto.ElemType switch
    {
        1 => Tensors.Read(proto.TensorValue ?? new()),
        4 => Read(proto.SequenceValue ?? new()),
        3 => Read(proto.SequenceValue ?? new()),
        5 => Read(proto.OptionalValue ?? new()),
        _ => proto.TensorValue is { } tensor ? Tensors.Read(tensor)
            : proto.SequenceValue is { } sequence ? Read(sequence) : null,
    });
}
