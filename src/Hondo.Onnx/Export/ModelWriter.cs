using Hondo.Data;
using Hondo.Layers;
using Hondo.Onnx.Proto;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>Writes a whole model: inputs and outputs around the translated recording, and what the card says.</summary>
static class ModelWriter
{
    const int Bytes = 2;

    /// <summary>The model as a file has it, and which of its initializers hold which numbers.</summary>
    public static (ModelProto Proto, IReadOnlyDictionary<string, Weight> Weights) Write(
        IReadOnlyList<OnnxInput> inputs, IReadOnlyList<string> outputs,
        Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> computation, Layer model, OnnxExportOptions options)
    {
        var (proto, weights) = WriteOne(inputs, outputs, computation, model, options);
        if (options.TimeAxis is not { } axis)
            return (proto, weights);
        if (inputs[0].Sample is not [>= 3 and var length, ..] || inputs[0].Sample.Rank > 2)
            throw new ArgumentException($"Samples {inputs[0].Sample} are no sequences of 3 steps or more, [time] or "
                + "[time, features], whose length could be free.", nameof(options));
        Shape less = [length - 1, .. inputs[0].Sample.Skip(1)];
        try
        {
            ModelProto shorter = WriteOne([inputs[0] with { Sample = less }, .. inputs.Skip(1)], outputs, computation,
                model, options).Proto;
            TimeAxes.Free(proto, weights, shorter, axis, length);
        }
        catch (ShapeException error)
        {
            throw new OnnxNotSupportedException("The model does not run for another length of sequences "
                + $"({error.Message.TrimEnd('.')}): leave the name of the time axis out.", error);
        }
        return (proto, weights);
    }

    static (ModelProto Proto, Dictionary<string, Weight> Weights) WriteOne(IReadOnlyList<OnnxInput> inputs,
        IReadOnlyList<string> outputs, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> computation, Layer model,
        OnnxExportOptions options)
    {
        if (options.Opset is < OnnxExportOptions.OldestOpset or > OnnxExportOptions.NewestOpset)
            throw new ArgumentOutOfRangeException(nameof(options), options.Opset, "Files are written with ONNX "
                + $"operators {OnnxExportOptions.OldestOpset} to {OnnxExportOptions.NewestOpset}.");
        Dictionary<Leaf, string> names = NamesOf(model);
        HashSet<string> taken = [.. inputs.Select(input => input.Name), .. outputs];
        var writer = new GraphWriter(taken, names, options.BatchAxis, options.Opset);
        Recorder.Record([.. inputs.Select(input => (input.Sample, input.Type))], x => [.. computation(x)],
            names.ContainsKey, recorder =>
            {
                if (recorder.Outputs.Length != outputs.Count)
                    throw new ArgumentException($"The computation gives {recorder.Outputs.Length} outputs, but "
                        + $"{outputs.Count} names.", nameof(outputs));
                for (int i = 0; i < outputs.Count; i++)
                    if (!recorder.IsVarying(recorder.Outputs[i].Node))
                        throw new OnnxNotSupportedException($"The output '{outputs[i]}' depends on no input: the model "
                            + "computes it outside of ops.");
                Fill(recorder, new(recorder, writer), writer, inputs, outputs, options);
            });
        writer.Proto.Name = model.GetType().Name;
        return (Around(writer.Proto, options), writer.Weights);
    }

    /// <summary>The leaves that hold what the model has learned, by the names that the model gives them.</summary>
    public static Dictionary<Leaf, string> NamesOf(Layer model)
    {
        Dictionary<Leaf, string> names = [];
        foreach (Parameter parameter in model.Parameters)
            names[parameter.Leaf] = parameter.Name;
        foreach (State state in model.States)
            names[(Leaf)state.Value.Node] = state.Name;
        return names;
    }

    static ModelProto Around(GraphProto graph, OnnxExportOptions options)
    {
        var proto = new ModelProto
        {
            // The oldest format that has these operators.
            IrVersion = options.Opset switch { < 19 => 8, < 21 => 9, < 23 => 10, _ => 11 },
            ProducerName = "Hondo", ProducerVersion = typeof(OnnxExport).Assembly.GetName().Version!.ToString(3),
            Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = options.Opset } },
        };
        ModelCard? said = options is { Normalizes: true, Card: { } given } ? RawInput.Outside(given) : options.Card;
        if (said is { } card)
            foreach ((string key, string text) in ModelCardText.Write(card).OrderBy(t => t.Key, StringComparer.Ordinal))
                proto.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = text });
        return proto;
    }

    static void Fill(Recorder recorder, Exporter exporter, GraphWriter writer, IReadOnlyList<OnnxInput> inputs,
        IReadOnlyList<string> outputs, OnnxExportOptions options)
    {
        Normalization? normalization = options is { Normalizes: true, Card.Normalization: { Length: > 0 } text }
            ? Normalization.Parse(text) : null;
        for (int i = 0; i < inputs.Count; i++)
        {
            Value x = InputOf(inputs[i], recorder.DimsOf(recorder.Inputs[i].Node));
            bool isRaw = i == 0 && normalization is not null && inputs[i].Type != DType.Int32;
            bool isBytes = isRaw && IsImage(x);
            writer.Proto.Input.Add(writer.Info(x.Name!, x.Dims, isBytes ? Bytes : GraphWriter.TypeOf(x.Type)));
            exporter.Take(i, isRaw ? RawInput.Normalize(writer, x, normalization!, isBytes) : x);
        }
        exporter.Translate();
        for (int i = 0; i < outputs.Count; i++)
            Give(writer, exporter.ValueOf(recorder.Outputs[i].Node), outputs[i]);
    }

    // Images and volumes are channels first; sequences and rows lie as they do here.
    static Value InputOf(OnnxInput input, Dim[] dims)
    {
        int[] order = dims.Length >= 4 && input.Type != DType.Int32 ? Value.ChannelsFirst(dims.Length)
            : Value.Plain(dims.Length);
        return new()
        {
            Name = input.Name, Dims = [.. order.Select(axis => dims[axis])], Order = order, Type = input.Type,
        };
    }

    static bool IsImage(Value x) => x.Rank == 4;

    static void Give(GraphWriter writer, Value y, string name)
    {
        var at = new Translation(writer, name, [], y.Recorded, y.Type, () => throw new InvalidOperationException());
        Value laid = y.Image is null && y.Rank >= 4 && y.Type != DType.Int32 ? at.ChannelsFirst(y) : at.Plain(y);
        writer.Give(at.NameOf(laid), name);
        writer.Proto.Output.Add(writer.Info(name, laid.Dims, GraphWriter.TypeOf(laid.Type)));
    }
}
