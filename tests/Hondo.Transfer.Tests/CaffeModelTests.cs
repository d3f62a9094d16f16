using Google.Protobuf;
using Hondo.Data;
using Hondo.Data.Tests;
using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Transfer.Tests;

/// <summary>Caffe's own files of weights, in the three forms that it has written.</summary>
public sealed class CaffeModelTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    string At => Path.Combine(_scratch.Folder, "small.caffemodel");

    [Theory]
    [InlineData(2013)]
    [InlineData(2014)]
    [InlineData(2015)]
    public void Weights_are_read_whatever_the_year_of_the_file(int year)
    {
        float[] kernel = Numbers(4 * 1 * 3 * 2, 0.1), bias = Numbers(4, 1), weights = Numbers(3 * 16, 0.01);
        File.WriteAllBytes(At, Net(year,
            Layer(year, "conv1", Blob(year, [4, 1, 3, 2], kernel), Blob(year, [1, 1, 1, 4], bias)),
            Layer(year, "relu1"), Layer(year, "fc8", Blob(year, [1, 1, 3, 16], weights), Blob(year, [3],
                Numbers(3, 1)))));
        var model = new Sequential([new Conv2d(2, 4, new Pair(3, 2), groups: 2), new Relu(), new Flatten(),
            new Linear(16, 3)]);
        var file = CaffeModel.Read(At);
        file.Fill(model, ["conv1", "fc8"]);
        Assert.Equal(["conv1", "relu1", "fc8"], file.Order);
        Assert.Equal(3, file.OutputsOf("fc8"));
        // [outputs, inputs, height, width] there, [height, width, inputs, outputs] here.
        Tensor w = ((Conv2d)model[0]).Weight.Value;
        Assert.Equal(kernel[3 * 6 + 2 * 2 + 1], w[2, 1, 0, 3]);
        // Caffe flattens 4 channels of 2×2 pixels channel by channel, Hondo pixel by pixel.
        Assert.Equal(weights[16 + 3 * 4 + 2], ((Linear)model[3]).Weight.Value[1, 2 * 4 + 3]);
        Assert.Equal(bias, ((Conv2d)model[0]).Bias!.Value.ToArray<float>());
    }

    [Fact]
    public void Every_cut_of_a_file_is_one_clear_error()
    {
        byte[] bytes = Net(2014, Layer(2014, "conv1", Blob(2014, [2, 3], Numbers(6, 1))));
        for (int length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(At, bytes[..length]);
            Assert.Contains("small.caffemodel", Assert.Throws<DataFormatException>(() => CaffeModel.Read(At)).Message,
                StringComparison.Ordinal);
        }
        File.WriteAllBytes(At, bytes);
        Assert.True(AlexNetFiles.IsOne(At));
        Assert.Contains("fc8", Assert.Throws<DataFormatException>(() => AlexNetFiles.Open(At)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_pools_first_is_Berkeleys_CaffeNet() => Assert.StartsWith(
        "Sequential(Conv2d(3, 96, kernel: 11, stride: 4), Relu(), MaxPool2d(3, stride: 2), LocalResponseNorm(",
        AlexNetFiles.Berkeley(10, poolsFirst: true).ToString(), StringComparison.Ordinal);

    static float[] Numbers(int count, double step) => [.. Enumerable.Range(1, count).Select(i => (float)(i * step))];

    static byte[] Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
            write(output);
        return bytes.ToArray();
    }

    static void Put(CodedOutputStream to, int field, byte[] message)
    {
        to.WriteTag(field, WireFormat.WireType.LengthDelimited);
        to.WriteBytes(ByteString.CopyFrom(message));
    }

    static byte[] Net(int year, params byte[][] layers) => Message(to =>
    {
        Put(to, 1, "net"u8.ToArray());
        foreach (byte[] layer in layers)
            Put(to, year == 2015 ? 100 : 2, layer);
    });

    static byte[] Layer(int year, string name, params byte[][] blobs)
    {
        (int nameField, int blobField) = year switch { 2013 => (1, 50), 2014 => (4, 6), _ => (1, 7) };
        byte[] layer = Message(to =>
        {
            Put(to, nameField, System.Text.Encoding.UTF8.GetBytes(name));
            foreach (byte[] blob in blobs)
                Put(to, blobField, blob);
        });
        return year == 2013 ? Message(to => Put(to, 1, layer)) : layer;
    }

    static byte[] Blob(int year, int[] dims, float[] numbers) => Message(to =>
    {
        if (year == 2015)
            Put(to, 7, Message(shape => Put(shape, 1, Message(packed =>
            {
                foreach (int dim in dims)
                    packed.WriteInt64(dim);
            }))));
        for (int i = 0; i < dims.Length && year != 2015; i++)
        {
            to.WriteTag(i + 1, WireFormat.WireType.Varint);
            to.WriteInt32(dims[i]);
        }
        Put(to, 5, [.. numbers.SelectMany(BitConverter.GetBytes)]);
    });
}
