using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Hondo.Onnx.Proto;
using Hondo.Onnx.Values;
using Kind = Hondo.Onnx.Proto.AttributeProto.Types.Kind;

namespace Hondo.Onnx.Tests;

/// <summary>
/// A graph as lines: <c>y, z = Op(x, w:3x4, i:2;-1, f:0.5){axis: 1, mode: 'floor', body: @inner} domain</c>.
/// What has a colon is a constant: numbers drawn for a shape (<c>w:3x4</c>; <c>u8</c> bytes, <c>s8</c> signed ones,
/// <c>k:</c> small positive numbers), whole numbers (<c>i:</c>), fractions (<c>f:</c>).
/// </summary>
sealed partial class TextGraph
{
    readonly Random _random = new(5);
    readonly ModelProto _model = new() { IrVersion = 8, Graph = new() { Name = "g" } };
    readonly Dictionary<string, (string Inputs, string Text, string Outputs)> _inner;

    /// <param name="text">The lines.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="inputs">The inputs' types and shapes: <c>x f batch,3,h</c>.</param>
    /// <param name="opset">The version of operators.</param>
    /// <param name="inner">Graphs inside of nodes: their inputs as above, their lines, their outputs.</param>
    public TextGraph(string text, string outputs, string[] inputs, int opset = 17,
        Dictionary<string, (string Inputs, string Text, string Outputs)>? inner = null)
    {
        _inner = inner ?? [];
        _model.OpsetImport.Add(new OperatorSetIdProto { Version = opset });
        _model.OpsetImport.Add(new OperatorSetIdProto { Version = 1, Domain = "com.microsoft" });
        Fill(_model.Graph, text, outputs, inputs);
    }

    void Fill(GraphProto graph, string text, string outputs, string[] inputs)
    {
        graph.Input.Add(inputs.Where(one => one.Length > 0).Select(Info));
        const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        foreach (string line in text.Split('\n', Trimmed))
        {
            Match match = Line().Match(line);
            Assert.True(match.Success, line);
            var node = new NodeProto
            {
                OpType = match.Groups["op"].Value, Name = $"n{graph.Node.Count}", Domain = match.Groups["domain"].Value,
            };
            node.Output.Add(match.Groups["to"].Value.Split(", "));
            if (match.Groups["in"].Value.Length > 0)
                node.Input.Add(match.Groups["in"].Value.Split(", ").Select(name => Operand(graph, name)));
            foreach (Match part in Attribute().Matches(match.Groups["at"].Value))
                node.Attribute.Add(AttributeOf(part.Groups["name"].Value, part.Groups["value"].Value));
            graph.Node.Add(node);
        }
        graph.Output.Add(outputs.Split(", ").Select(one => one.Contains(' ') ? Info(one)
            : new ValueInfoProto { Name = one }));
    }

    [GeneratedRegex(@"^(?<to>.*?) = (?<op>\w+)\((?<in>.*?)\)(\{(?<at>.*)\})?( (?<domain>[\w.]+))?$")]
    private static partial Regex Line();

    [GeneratedRegex(@"(?<name>\w+): (?<value>\[[^\]]*\]|'[^']*'|@\w+|[-\w.]+)")]
    private static partial Regex Attribute();

    static ValueInfoProto Info(string text)
    {
        string[] words = text.Split(' ');
        // Without a shape it may have any.
        TensorShapeProto? shape = words.Length < 3 ? null : new();
        foreach (string dim in words.Length < 3 ? [] : words[2].Split(',',
            StringSplitOptions.RemoveEmptyEntries))
            shape!.Dim.Add(long.TryParse(dim, out long length) ? ProtoParts.Axis(length)
                : new TensorShapeProto.Types.Dimension { DimParam = dim });
        return new()
        {
            Name = words[0],
            Type = new()
            {
                TensorType = shape is null ? new() { ElemType = TypeOf(words[1]) }
                : new() { ElemType = TypeOf(words[1]), Shape = shape }
            },
        };
    }

    static int TypeOf(string word) => (int)(word switch
    {
        "f" => ElementType.Float32,
        "i" => ElementType.Int64,
        "i32" => ElementType.Int32,
        "u8" => ElementType.UInt8,
        "s8" => ElementType.Int8,
        "s" => ElementType.String,
        _ => ElementType.Bool,
    });

    string Operand(GraphProto graph, string text)
    {
        int colon = text.IndexOf(':');
        if (colon < 0)
            return text;
        string kind = text[..colon], rest = text[(colon + 1)..];
        string name = $"c{_model.CalculateSize()}_{graph.Initializer.Count}";
        var tensor = new TensorProto { Name = name };
        if (kind is "i" or "f" or "b")
        {
            string[] words = rest.Split(';');
            if (!rest.StartsWith('='))
                tensor.Dims.Add(words.Length);
            else
                words = [rest[1..]];
            tensor.DataType = kind == "i" ? 7 : kind == "b" ? 9 : 1;
            if (kind == "i")
                tensor.Int64Data.Add(words.Select(word => long.Parse(word, CultureInfo.InvariantCulture)));
            else if (kind == "b")
                tensor.Int32Data.Add(words.Select(word => int.Parse(word, CultureInfo.InvariantCulture)));
            else
                tensor.FloatData.Add(words.Select(word => float.Parse(word, CultureInfo.InvariantCulture)));
        }
        else
            Draw(tensor, kind, rest);
        graph.Initializer.Add(tensor);
        return name;
    }

    void Draw(TensorProto tensor, string kind, string dims)
    {
        if (dims != "=")
            tensor.Dims.Add(dims.Split('x').Select(long.Parse));
        int size = (int)tensor.Dims.Aggregate(1L, (a, b) => a * b);
        double scale = 1 / Math.Sqrt(Math.Max(1, size / Math.Max(1, tensor.Dims.FirstOrDefault())));
        tensor.DataType = kind switch { "u8" => 2, "s8" => 3, "i32" => 6, _ => 1 };
        for (int i = 0; i < size; i++)
            if (tensor.DataType == 1)
                tensor.FloatData.Add(kind == "k" ? 0.5f + _random.NextSingle() : (float)((_random.NextDouble() * 2 - 1)
                    * (kind == "w" ? 2 * scale : 1)));
            else
                tensor.Int32Data.Add(kind switch
                {
                    "u8" => _random.Next(256),
                    "s8" => _random.Next(-120, 120),
                    _ => _random.Next(-500, 500)
                });
    }

    AttributeProto AttributeOf(string name, string value)
    {
        var attribute = new AttributeProto { Name = name };
        if (value.StartsWith('@'))
        {
            (string inputs, string text, string outputs) = _inner[value[1..]];
            (attribute.Type, attribute.G) = (Kind.Graph, new() { Name = value[1..] });
            Fill(attribute.G, text, outputs, inputs.Split("; "));
        }
        else if (value.StartsWith('\''))
            (attribute.Type, attribute.S) = (Kind.String, ByteString.CopyFromUtf8(value.Trim('\'')));
        else if (value.StartsWith("['", StringComparison.Ordinal))
        {
            attribute.Type = Kind.Strings;
            attribute.Strings.Add(value.Trim('[', ']').Split(", ").Select(s => ByteString.CopyFromUtf8(s.Trim('\''))));
        }
        else if (value.StartsWith('['))
        {
            string[] words = value.Trim('[', ']').Split(", ");
            attribute.Type = value.Contains('.') ? Kind.Floats : Kind.Ints;
            if (value.Contains('.'))
                attribute.Floats.Add(words.Select(w => float.Parse(w, CultureInfo.InvariantCulture)));
            else
                attribute.Ints.Add(words.Select(long.Parse));
        }
        else if (value.Contains('.'))
            (attribute.Type, attribute.F) = (Kind.Float, float.Parse(value, CultureInfo.InvariantCulture));
        else
            (attribute.Type, attribute.I) = (Kind.Int, long.Parse(value, CultureInfo.InvariantCulture));
        return attribute;
    }
}
