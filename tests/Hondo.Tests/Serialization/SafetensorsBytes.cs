using System.Buffers.Binary;
using System.Text;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Tests.Serialization;

/// <summary>Safetensors files in memory, whole and broken.</summary>
static class SafetensorsBytes
{
    public static Safetensors Example() => new(
        new Dictionary<string, Tensor>
        {
            ["weight"] = Tensor.Of(new float[,] { { 1, -2.5f, float.NaN }, { 0, -0f, float.PositiveInfinity } }),
            ["bias"] = Tensor.Of<double>([Math.PI, double.Epsilon]),
            ["labels"] = Tensor.Of<int>([int.MinValue, 7, int.MaxValue]),
            ["scalar"] = Tensor.Scalar(3f),
            ["nothing"] = Tensor.Zeros([0, 5]),
        },
        new Dictionary<string, string> { ["text"] = "año \"x\" \\ \n\u0001", ["hondo.a"] = "" });

    public static byte[] Bytes(Safetensors content)
    {
        using var stream = new MemoryStream();
        content.Write(stream);
        return stream.ToArray();
    }

    public static Safetensors Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return Safetensors.Read(stream, "x.safetensors");
    }

    public static byte[] File(string json, byte[] data) => File(Encoding.UTF8.GetBytes(json), data);

    public static byte[] File(ReadOnlySpan<byte> json, params byte[] data)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. data];
    }
}
