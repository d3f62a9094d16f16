using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>Translates a recording call by call into a graph.</summary>
sealed class Exporter
{
    readonly Dictionary<Tensors.Node, Value> _values = new(ReferenceEqualityComparer.Instance);
    readonly Recorder _recorder;
    readonly GraphWriter _writer;
    string? _batch;

    public Exporter(Recorder recorder, GraphWriter writer) => (_recorder, _writer) = (recorder, writer);

    /// <summary>Takes a value of the graph as an input of the recording.</summary>
    public void Take(int input, Value value) => _values[_recorder.Inputs[input].Node] = value;

    /// <summary>Translates all calls.</summary>
    /// <exception cref="OnnxNotSupportedException">An op has no translation.</exception>
    public void Translate()
    {
        foreach (Call call in _recorder.Calls)
            if (_recorder.IsVarying(call))
                _values[call] = Translators.Translate(call, At(call));
    }

    /// <summary>What becomes of a call.</summary>
    Translation At(Call call) => new(_writer, call.LayerPath ?? call.Name, [.. Operands(call)],
        _recorder.DimsOf(call), call.Type, BatchSize);

    IEnumerable<Value> Operands(Call call)
    {
        // An enumerator cannot hold a span.
        foreach (Tensors.Node input in call.Inputs.ToArray())
            yield return ValueOf(input);
    }

    /// <summary>A recorded node as a value of the graph.</summary>
    public Value ValueOf(Tensors.Node node)
    {
        if (_values.TryGetValue(node, out Value? known))
            return known;
        if (node.Type == DType.Float64)
            throw new OnnxNotSupportedException("Models of Float64 are for gradient checks: convert it first with "
                + "model.To(DType.Float32).");
        return _values[node] = Constant(node);
    }

    // The arena uses the memory of a step again, so that the numbers are copied.
    Value Constant(Tensors.Node node)
    {
        Leaf leaf = node as Leaf ?? Copy(node);
        Dim[] dims = _recorder.DimsOf(node);
        if (!dims.Any(dim => dim.IsBatch))
            return Translation.Of(new([leaf], [.. node.Shape]));
        if (!dims[0].IsBatch || dims.Skip(1).Any(dim => dim.IsBatch) || !IsSame(leaf))
            throw new OnnxNotSupportedException($"{node.LayerPath ?? node.Name}: a constant {node.Shape} has other "
                + "numbers for each sample of the batch. Make it of one sample, [1, ..], which is broadcast.");
        int[] one = [1, .. node.Shape.Skip(1)];
        var first = new Weight([leaf], one, Value.Plain(one.Aggregate(1, (a, b) => a * b)));
        return new()
        {
            Dims = dims, Order = Value.Plain(dims.Length), Type = node.Type, Repeated = Translation.Of(first),
        };
    }

    static Leaf Copy(Tensors.Node node)
    {
        var leaf = new Leaf(node.Shape, node.Type);
        node.Value.Bytes[..leaf.Value.Length].CopyTo(leaf.Value.Bytes);
        return leaf;
    }

    static bool IsSame(Leaf leaf)
    {
        int row = leaf.Value.Bytes.Length / leaf.Shape[0];
        for (int i = 1; i < leaf.Shape[0]; i++)
            if (!leaf.Value.Bytes.Slice(i * row, row).SequenceEqual(leaf.Value.Bytes[..row]))
                return false;
        return true;
    }

    /// <summary>The size of the batch as a value of one whole number.</summary>
    string BatchSize()
    {
        if (_batch is not null)
            return _batch;
        Value x = _values[_recorder.Inputs[0].Node], whole = Translation.Integers(0);
        var at = new Translation(_writer, "batch", [], [1], DType.Int32, () => _batch!);
        Value shape = at.Node("Shape", whole with { Dims = [x.Rank] }, [x]);
        _batch = at.Node("Gather", whole, [shape, whole], ("axis", 0)).Name!;
        return _batch;
    }
}
