using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>
/// Runs a computation on a tape, twice with batches of different sizes and numbers: the ops are those of the first
/// recording, the axes that follow the batch are where the shapes differ, and constants must not differ.
/// </summary>
sealed class Recorder
{
    // No layer's own length: an axis that happens to have the batch's would look like it in one recording only.
    const int First = 2, Second = 3;

    readonly Dictionary<Tensors.Node, Dim[]> _dims = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<Tensors.Node> _varying = new(ReferenceEqualityComparer.Instance);

    Recorder(Tensor[] inputs, Tensor[] outputs, Call[] calls) => (Inputs, Outputs, Calls) = (inputs, outputs, calls);

    /// <summary>What was passed.</summary>
    public Tensor[] Inputs { get; }

    /// <summary>What came out.</summary>
    public Tensor[] Outputs { get; }

    /// <summary>The calls that the outputs depend on, in order.</summary>
    public Call[] Calls { get; }

    /// <summary>The axes of a node.</summary>
    public Dim[] DimsOf(Tensors.Node node) => _dims.GetValueOrDefault(node)
        ?? [.. node.Shape.Select(length => new Dim(length))];

    /// <summary>True when a node depends on an input or on what training changes; others are constants.</summary>
    public bool IsVarying(Tensors.Node node) => _varying.Contains(node);

    /// <summary>Records a computation, and reads the recording while its numbers are there.</summary>
    /// <param name="samples">Shape and type of a sample of each input.</param>
    /// <param name="computation">From inputs to outputs.</param>
    /// <param name="isLearned">Whether a leaf holds numbers of the model.</param>
    /// <param name="read">What reads the recording.</param>
    /// <exception cref="OnnxNotSupportedException">Another size of batch is computed in another way.</exception>
    public static void Record(IReadOnlyList<(Shape Shape, DType Type)> samples, Func<Tensor[], Tensor[]> computation,
        Func<Leaf, bool> isLearned, Action<Recorder> read)
    {
        Run(samples, Second, computation, other =>
            Run(samples, First, computation, recorder =>
            {
                recorder.Compare(other);
                recorder.Spread(isLearned);
                read(recorder);
            }));
    }

    static void Run(IReadOnlyList<(Shape Shape, DType Type)> samples, int batch, Func<Tensor[], Tensor[]> computation,
        Action<Recorder> read)
    {
        Tensor[] inputs = [.. samples.Select(sample => Filled([batch, .. sample.Shape], sample.Type, batch - First))];
        using Tape.Scope step = new Tape().Open(new StepInfo(Mode.Inference, 1, 0));
        Tensor[] outputs = computation(inputs);
        read(new(inputs, outputs, Needed(outputs, step.Tape.Recording is { } recording ? recording.Calls : [])));
    }

    // Not a tensor of the step: an input of the graph, which other steps may have too.
    static Tensor Filled(Shape shape, DType type, float number)
    {
        var leaf = new Leaf(shape, type);
        leaf.Value.Bytes.Clear();
        // A token that there is in every vocabulary is 0.
        if (type == DType.Float32)
            leaf.Value.As<float>().Fill(number);
        return new(leaf, 0);
    }

    static Call[] Needed(Tensor[] outputs, ReadOnlySpan<Call> calls)
    {
        HashSet<Tensors.Node> needed = new(outputs.Select(output => output.Node), ReferenceEqualityComparer.Instance);
        List<Call> kept = [];
        for (int i = calls.Length - 1; i >= 0; i--)
        {
            if (!needed.Contains(calls[i]))
                continue;
            kept.Add(calls[i]);
            foreach (Tensors.Node input in calls[i].Inputs)
                needed.Add(input);
        }
        kept.Reverse();
        return [.. kept];
    }

    void Compare(Recorder other)
    {
        if (other.Calls.Length != Calls.Length)
            throw Differs(null);
        for (int i = 0; i < Inputs.Length; i++)
            Compare(Inputs[i].Node, other.Inputs[i].Node);
        for (int i = 0; i < Calls.Length; i++)
        {
            Call call = Calls[i];
            if (call.GetType() != other.Calls[i].GetType() || call.Inputs.Length != other.Calls[i].Inputs.Length)
                throw Differs(call);
            for (int k = 0; k < call.Inputs.Length; k++)
                if (call.Inputs[k] is Leaf)
                    Compare(call.Inputs[k], other.Calls[i].Inputs[k]);
            Compare(call, other.Calls[i]);
            if (call is InputCall && !IsPrefix(call, other.Calls[i]))
                throw new OnnxNotSupportedException($"{call.LayerPath ?? "the model"} computes numbers outside of ops: "
                    + "they change with the input, but would be constants in the file. Compute them with ops of "
                    + "tensors instead of reading them (ToArray, Item, indices).");
        }
    }

    void Compare(Tensors.Node node, Tensors.Node other)
    {
        if (node.Shape.Rank != other.Shape.Rank)
            throw Differs(node);
        _dims[node] = [.. node.Shape.Select((length, axis) =>
        {
            int more = other.Shape[axis] - length;
            // A multiple of the batch grows by itself for each sample.
            return more == 0 ? new Dim(length) : more > 0 && more * First == length ? new(more, IsBatch: true)
                : throw Differs(node);
        })];
    }

    // Numbers for each sample begin with those of the first samples.
    bool IsPrefix(Tensors.Node node, Tensors.Node other)
    {
        Dim[] dims = _dims[node];
        return dims.Skip(1).Any(dim => dim.IsBatch) || other.Value.Bytes.StartsWith(node.Value.Bytes);
    }

    static OnnxNotSupportedException Differs(Tensors.Node? node) => new((node?.LayerPath is { } path ? $"{path}: " : "")
        + "the model computes in another way for another size of batch, but an ONNX graph is one for all sizes. Let "
        + "its axes be fixed, or a multiple of the batch.");

    void Spread(Func<Leaf, bool> isLearned)
    {
        foreach (Tensor input in Inputs)
            _varying.Add(input.Node);
        foreach (Call call in Calls)
            foreach (Tensors.Node input in call.Inputs)
                if (_varying.Contains(input) || (input is Leaf leaf && isLearned(leaf)))
                {
                    _varying.Add(input);
                    _varying.Add(call);
                }
    }
}
