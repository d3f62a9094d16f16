using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>Nodes for ops that are written as a formula of several, on values that lie as in the recording.</summary>
sealed partial class Translation
{
    /// <summary>An op of each number by itself; shapes are broadcast.</summary>
    public Value Broadcast(string op, params Value[] operands)
    {
        int rank = operands.Max(x => x.Rank);
        var dims = new Dim[rank];
        for (int axis = 1; axis <= rank; axis++)
            dims[^axis] = operands.Where(x => x.Rank >= axis).Select(x => x.Dims[^axis])
                .Aggregate((a, b) => a.IsOne ? b : a);
        return Node(op, New(dims), operands);
    }

    /// <summary>A value of floating numbers, as they lie in the recording.</summary>
    public static Value New(params Dim[] dims) =>
        new() { Dims = dims, Order = Value.Plain(dims.Length), Type = DType.Float32 };

    /// <summary>The product of matrices in the last two axes.</summary>
    public Value Product(Value a, Value b) => Node("MatMul", New([.. a.Dims[..^1], b.Dims[^1]]), [a, b]);

    /// <summary>Parts of given lengths along an axis.</summary>
    public Value[] Split(Value x, int axis, int[] lengths) => Nodes("Split", [.. lengths.Select(length =>
    {
        Dim[] dims = [.. x.Dims];
        dims[axis] = length;
        return New(dims);
    })], [x, Integers(lengths)], ("axis", axis));

    /// <summary>Values side by side along an axis.</summary>
    public Value Join(int axis, params Value[] parts)
    {
        Dim[] dims = [.. parts[0].Dims];
        dims[axis] = parts.Sum(part => part.Dims[axis].Length);
        return Node("Concat", New(dims), parts, ("axis", axis));
    }
}
