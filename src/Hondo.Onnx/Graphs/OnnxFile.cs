using Google.Protobuf;
using Hondo.Onnx.Proto;

namespace Hondo.Onnx.Graphs;

/// <summary>A model as its file has it: the graph, the versions of its operators, what its writer tells.</summary>
sealed record OnnxFile(Graph Graph, IReadOnlyDictionary<string, int> Opsets, IReadOnlyList<Function> Functions,
    IReadOnlyDictionary<string, string> Metadata, string Producer, long IrVersion, ModelProto Proto)
{
    /// <summary>The newest versions of operators that Hondo knows.</summary>
    public const int NewestOpset = 27;

    /// <summary>Reads a file. Numbers are decoded when they are used.</summary>
    /// <exception cref="OnnxException">It is not an ONNX file, or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static OnnxFile Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}'.", path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (file.Length > int.MaxValue)
                throw new OnnxException("It is larger than 2 GB, which the format does not allow: keep the weights in "
                    + "files beside it (external data).");
            return Convert(Parse(file), new(new ExternalData(folder)));
        }
        catch (OnnxException error)
        {
            string message = $"'{Path.GetFileName(path)}': {error.Message}";
            throw error is OnnxNotSupportedException ? new OnnxNotSupportedException(message, error)
                : new OnnxException(message, error);
        }
    }

    /// <summary>A model that protobuf has read, without files beside it.</summary>
    /// <exception cref="OnnxException">It is damaged.</exception>
    public static OnnxFile Of(ModelProto proto) => Convert(proto, new(null));

    static ModelProto Parse(Stream stream)
    {
        try
        {
            return ModelProto.Parser.ParseFrom(stream);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new OnnxException($"It is not an ONNX file, or a damaged one ({error.Message.TrimEnd('.')}).", error);
        }
    }

    static OnnxFile Convert(ModelProto proto, Values.TensorReader tensors)
    {
        if (proto.Graph is null)
            throw new OnnxException("It holds no graph: it is not an ONNX file, or a damaged one.");
        Dictionary<string, int> opsets = OpsetsOf(proto.OpsetImport);
        var reader = new GraphReader(tensors);
        Dictionary<string, string> metadata = [];
        foreach (StringStringEntryProto entry in proto.MetadataProps)
            metadata[entry.Key] = entry.Value;
        return new(reader.Read(proto.Graph), opsets, [.. proto.Functions.Select(reader.Read)], metadata,
            $"{proto.ProducerName} {proto.ProducerVersion}".Trim(), proto.IrVersion, proto);
    }

    /// <summary>The version of each domain; the domain of ONNX itself is "".</summary>
    public static Dictionary<string, int> OpsetsOf(IEnumerable<OperatorSetIdProto> imports)
    {
        Dictionary<string, int> opsets = [];
        foreach (OperatorSetIdProto import in imports)
            opsets[GraphReader.DomainOf(import.Domain)] = import.Version is > 0 and <= int.MaxValue
                ? (int)import.Version
                : throw new OnnxException($"Its operators of '{import.Domain}' have version {import.Version}.");
        return opsets;
    }
}
