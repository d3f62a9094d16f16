using System.Buffers.Binary;
using System.Text;
using Hondo.Data;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Tests.Data;
using static Hondo.Tests.Serialization.SafetensorsBytes;

namespace Hondo.Tests.Serialization;

public sealed class SafetensorsTests
{
    [Fact]
    public void What_is_read_is_what_was_written()
    {
        using var scratch = new ScratchFolder();
        Example().Write(scratch["a.safetensors"]);
        Safetensors read = Safetensors.Read(scratch["a.safetensors"]), example = Example();
        Assert.Equal(example.Metadata.OrderBy(text => text.Key), read.Metadata.OrderBy(text => text.Key));
        Assert.Equal(example.Tensors.Keys.Order(), read.Tensors.Keys.Order());
        foreach ((string name, Tensor tensor) in example.Tensors)
        {
            Assert.Equal((tensor.Shape, tensor.DType), (read.Tensors[name].Shape, read.Tensors[name].DType));
            Assert.Equal(tensor.ToArray<double>(), read.Tensors[name].ToArray<double>());
        }
    }

    [Fact]
    public void The_same_content_is_always_the_same_bytes()
    {
        byte[] bytes = Bytes(Example());
        Safetensors read = Read(bytes);
        Assert.Equal(bytes, Bytes(read));
        Assert.Equal(bytes, Bytes(new(read.Tensors.Reverse().ToDictionary(), read.Metadata.Reverse().ToDictionary())));
    }

    [Fact]
    public void Every_flipped_bit_is_found_also_in_the_name_of_the_only_text()
    {
        byte[] bytes = Bytes(new(new Dictionary<string, Tensor> { ["x"] = Tensor.Of([1f, 2f]) },
            new Dictionary<string, string>()));
        for (int i = 0; i < 8 * bytes.Length; i++)
        {
            bytes[i / 8] ^= (byte)(1 << (i % 8));
            Assert.Throws<DataFormatException>(() => Read(bytes));
            bytes[i / 8] ^= (byte)(1 << (i % 8));
        }
    }

    [Fact]
    public void Numbers_start_on_a_multiple_of_their_size()
    {
        byte[] bytes = Bytes(Example());
        long header = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, header % 8);
        string json = Encoding.UTF8.GetString(bytes.AsSpan(8, (int)header));
        Assert.Contains("\"bias\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]}", json,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F16", new byte[] { 0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00 }, new[] { 1, -2, 5.9604644775390625E-08 })]
    [InlineData("BF16", new byte[] { 0x80, 0x3F, 0x20, 0xC0 }, new[] { 1, -2.5 })]
    [InlineData("I64", new byte[] { 0xFE, 255, 255, 255, 255, 255, 255, 255 }, new[] { -2.0 })]
    [InlineData("U8", new byte[] { 0, 255 }, new[] { 0, 255.0 })]
    [InlineData("I8", new byte[] { 1, 255 }, new[] { 1, -1.0 })]
    [InlineData("BOOL", new byte[] { 1, 0 }, new[] { 1, 0.0 })]
    [InlineData("U16", new byte[] { 255, 255 }, new[] { 65535.0 })]
    [InlineData("I16", new byte[] { 255, 255 }, new[] { -1.0 })]
    public void Other_types_are_converted(string type, byte[] data, double[] expected)
    {
        string entry = $"\"dtype\":\"{type}\",\"shape\":[{expected.Length}],\"data_offsets\":[0,{data.Length}]";
        Assert.Equal(expected, Read(File($"{{\"x\":{{{entry}}}}}", data)).Tensors["x"].ToArray<double>());
    }

    [Fact]
    public void Every_truncation_is_found()
    {
        byte[] bytes = Bytes(Example());
        for (int length = 0; length < bytes.Length; length++)
            Assert.Throws<DataFormatException>(() => Read(bytes[..length]));
    }

    [Fact]
    public void Every_flipped_bit_is_found()
    {
        byte[] bytes = Bytes(Example());
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<DataFormatException>(() => Read(bytes));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void A_file_of_another_program_needs_no_checksum()
    {
        const string Json =
            """{"a":{"shape":[1],"data_offsets":[0,4],"dtype":"I32"},"__metadata__":{"format":"pt"}}""";
        Assert.Equal([258.0], Read(File(Json, [2, 1, 0, 0])).Tensors["a"].ToArray<double>());
    }

    [PythonFact]
    public void Python_reads_what_was_written()
    {
        // The package's own reader where it is installed, else twenty lines that follow the published format.
        const string Reader = """
            import json, struct, sys
            path = sys.argv[1]
            try:
                from safetensors import safe_open
                with safe_open(path, "np") as f:
                    meta = f.metadata()
                    rows = {n: (list(f.get_tensor(n).shape), f.get_tensor(n).flatten().tolist()) for n in f.keys()}
            except ImportError:
                raw = open(path, "rb").read()
                length, = struct.unpack("<Q", raw[:8])
                header = json.loads(raw[8:8 + length].decode("utf-8"))
                data = raw[8 + length:]
                meta = header.pop("__metadata__")
                rows = {}
                for name, entry in header.items():
                    begin, end = entry["data_offsets"]
                    letter = {"F32": "f", "F64": "d", "I32": "i"}[entry["dtype"]]
                    rows[name] = entry["shape"], [n for n, in struct.iter_unpack("<" + letter, data[begin:end])]
            print(ascii(meta["text"]))
            for name in sorted(rows):
                print(name, *rows[name])
            """;
        using var scratch = new ScratchFolder();
        Example().Write(scratch["a.safetensors"]);
        Assert.Equal("""
            'a\xf1o "x" \\ \n\x01'
            bias [2] [3.141592653589793, 5e-324]
            labels [3] [-2147483648, 7, 2147483647]
            nothing [0, 5] []
            scalar [] [3.0]
            weight [2, 3] [1.0, -2.5, nan, 0.0, -0.0, inf]

            """.ReplaceLineEndings("\n"), PythonFactAttribute.Run(Reader, scratch["a.safetensors"]));
    }

    [Fact]
    public void The_name_that_the_format_keeps_is_no_tensors_name()
    {
        var wrong = new Safetensors(new Dictionary<string, Tensor> { ["__metadata__"] = Tensor.Scalar(1f) },
            new Dictionary<string, string>());
        Assert.Throws<ArgumentException>(() => Bytes(wrong));
    }
}
