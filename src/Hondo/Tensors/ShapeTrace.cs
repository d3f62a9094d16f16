namespace Hondo.Tensors;

/// <summary>
/// Follows a computation by shapes alone: no memory for results, no kernels. It gives summaries, counts of
/// multiply-adds and shape errors before training starts.
/// </summary>
public sealed class ShapeTrace
{
    [ThreadStatic] static ShapeTrace? _active;

    readonly List<ShapeTraceRow> _rows = [];

    internal static ShapeTrace? Active => _active;

    /// <summary>Multiply-adds of all ops so far.</summary>
    public long MultiplyAdds { get; private set; }

    /// <summary>Bytes that all results so far would take.</summary>
    public long ResultBytes { get; private set; }

    /// <summary>The layers that ran, outer ones before inner ones.</summary>
    public IReadOnlyList<ShapeTraceRow> Rows => _rows;

    /// <summary>A tensor of a shape without numbers, to feed a model with.</summary>
    public static Tensor Input(Shape shape, DType type = DType.Float32) =>
        new(new Leaf(shape, type, "Input", Block.Allocate(0)), 0);

    /// <summary>Runs code in which ops only infer shapes.</summary>
    /// <exception cref="InvalidOperationException">A step is open: its ops would be recorded instead.</exception>
    public Tensor Follow(Func<Tensor> computation)
    {
        if (Tape.Active is not null)
            throw new InvalidOperationException("Shapes cannot be traced inside a step: end the step first.");
        ShapeTrace? outer = _active;
        _active = this;
        try
        {
            return computation();
        }
        finally
        {
            _active = outer;
        }
    }

    internal Tensor Row(string path, string text, Tensor x, Func<Tensor, Tensor> run)
    {
        int place = _rows.Count;
        long before = MultiplyAdds;
        _rows.Add(default);
        Tensor y = run(x);
        _rows[place] = new(path, text, x.Shape, y.Shape, MultiplyAdds - before);
        return y;
    }

    internal Tensor Follow<TOp>(in TOp op, ReadOnlySpan<Node> operands) where TOp : struct, IOp
    {
        (Shape shape, DType type, _) = Eager.Infer(op, operands);
        var shapes = new Shape[operands.Length];
        for (int i = 0; i < shapes.Length; i++)
            shapes[i] = operands[i].Shape;
        MultiplyAdds += op.MultiplyAdds(shapes, shape);
        ResultBytes += (long)shape.Size * type.Size;
        return new(new Leaf(shape, type, TOp.Name, Block.Allocate(0)), 0);
    }
}

/// <summary>A layer in a <see cref="ShapeTrace"/>.</summary>
/// <param name="Path">Its path within the model; empty for the model itself.</param>
/// <param name="Text">The layer as the C# that builds it.</param>
/// <param name="Input">The shape that it was given.</param>
/// <param name="Output">The shape that it gave.</param>
/// <param name="MultiplyAdds">Multiply-adds of the layer and all inside it.</param>
public readonly record struct ShapeTraceRow(string Path, string Text, Shape Input, Shape Output, long MultiplyAdds);
