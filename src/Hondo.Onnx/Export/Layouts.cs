using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>How values lie, and the nodes that lay them otherwise where an operator asks for it.</summary>
sealed partial class Translation
{
    /// <summary>The value with its axes as the recording has them.</summary>
    public Value Plain(Value x) => Arrange(x, Value.Plain(x.Rank));

    /// <summary>The value with the features behind the batch, as ONNX's convolutions and norms take it.</summary>
    public Value ChannelsFirst(Value x) => Arrange(x, Value.ChannelsFirst(x.Rank));

    /// <summary>The value with its axes in an order.</summary>
    public Value Arrange(Value x, int[] order)
    {
        if (x.Image is { } image)
            x = Unflatten(x, image);
        if (x.Order.AsSpan().SequenceEqual(order))
            return x;
        int[] axes = [.. order.Select(x.Place)];
        Dim[] to = [.. axes.Select(axis => x.Dims[axis])];
        if (x.Weight is { } weight)
            return x with { Weight = weight.Transpose(axes), Dims = to, Order = order };
        return Node("Transpose", x with { Dims = to, Order = order }, [x], ("perm", axes));
    }

    /// <summary>Flattened images in the recording's order of numbers.</summary>
    Value Unflatten(Value x, Shape image)
    {
        Value images = Reshape(x, [x.Dims[0], image[2], image[0], image[1]]);
        return Reshape(Arrange(images with { Order = Value.ChannelsFirst(4) }, Value.Plain(4)), x.Dims);
    }

    /// <summary>Other axes for the same numbers as they lie in the file.</summary>
    public Value Reshape(Value x, Dim[] to)
    {
        Value like = x with { Dims = to, Order = Value.Plain(to.Length), Image = null, Weight = null, Repeated = null };
        if (x.Weight is { } weight && !to.Any(dim => dim.IsBatch))
            return like with { Weight = weight.Reshape([.. to.Select(dim => dim.Length)]) };
        return x.Dims.AsSpan().SequenceEqual(to) ? like with { Name = NameOf(x) }
            : Node("Reshape", like, [x, ShapeOf(to)]);
    }

    /// <summary>A shape as a value; one axis that follows the batch is what the others leave.</summary>
    Value ShapeOf(Dim[] to) => to.Count(dim => dim.IsBatch) > 1 ? BatchShape(to)
        : Integers([.. to.Select(dim => dim.IsBatch ? -1 : dim.Length)]);

    /// <summary>A value repeated along axes of length 1 or missing ones.</summary>
    Value Repeat(Value x) => Node("Expand", x, [Plain(x.Repeated!), x.Dims.Any(dim => dim.IsBatch) ? BatchShape(x.Dims)
        : Integers([.. x.Dims.Select(dim => dim.Length)])]);

    /// <summary>A shape with the size of the batch in it, even where there is only one such axis.</summary>
    public Value BatchShape(Dim[] to)
    {
        Value one = new() { Dims = [1], Order = [0], Type = DType.Int32, Name = batch() };
        Value[] parts = [.. to.Select(dim => !dim.IsBatch ? Integers(dim.Length) : dim.Length == 1 ? one
            : Node("Mul", one with { Name = null }, [one, Integers(dim.Length)]))];
        return parts.Length == 1 ? parts[0] : Node("Concat",
            new Value { Dims = [to.Length], Order = [0], Type = DType.Int32 }, parts, ("axis", 0));
    }

    /// <summary>Numbers with as many axes as others have, for an operator that broadcasts.</summary>
    public Value Align(Value x, int[] order)
    {
        x = x.Repeated ?? x;
        if (x.Rank == order.Length)
            return Arrange(x, order);
        Value plain = Plain(x);
        int missing = order.Length - x.Rank;
        Dim[] to = [.. Enumerable.Repeat(new Dim(1), missing), .. plain.Dims];
        int[] axes = [.. order.Where(axis => !to[axis].IsOne)];
        bool isLast = axes.SequenceEqual(axes.Order());
        if (plain.Rank == 0 || (isLast && Value.IsInOrder(order)))
            return plain;
        // Where only axes of length 1 change places the shape alone changes.
        return isLast ? Reshape(plain, [.. order.Select(axis => to[axis])]) with { Order = order }
            : Arrange(Reshape(plain, to), order);
    }

    /// <summary>The order in which the operands of an elementwise op meet: that of the first one that is not plain.
    /// </summary>
    public int[] CommonOrder(IEnumerable<Value> operands) => operands.FirstOrDefault(x => x.Repeated is null
        && x.Weight is null && x.Rank == dims.Length && !Value.IsInOrder(x.Order))?.Order ?? Value.Plain(dims.Length);

    /// <summary>An op of each number by itself, whose operands are broadcast.</summary>
    public Value Elementwise(string op, params Value[] operands) => Elementwise(op, operands, []);

    /// <summary>An op of each number by itself, with attributes.</summary>
    public Value Elementwise(string op, Value[] operands, ReadOnlySpan<(string Name, object Value)> attributes)
    {
        Shape? image = operands.FirstOrDefault(x => x.Image is not null)?.Image;
        if (!operands.All(x => x.Image == image || x.Rank == 0))
            image = null;
        int[] order = CommonOrder(operands);
        Value[] aligned = [.. operands.Select(x => image is not null || x.Rank == 0 ? x : Align(x, order))];
        if (image is null && !aligned.Any(x => Fills(x, order)))
            aligned[0] = Arrange(operands[0], order);
        return Node(op, new Value
        {
            Dims = [.. order.Select(axis => dims[axis])], Order = order, Type = type, Image = image,
        }, aligned, attributes);
    }

    bool Fills(Value x, int[] order) => x.Rank == order.Length
        && x.Dims.AsSpan().SequenceEqual([.. order.Select(axis => dims[axis])]);
}
