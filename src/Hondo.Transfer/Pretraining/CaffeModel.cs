using System.Buffers.Binary;
using System.Text;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Transfer;

/// <summary>
/// A file of Caffe's weights, <c>bvlc_alexnet.caffemodel</c>: protobuf of the three forms that Caffe has written, read
/// field by field from the published numbers. Names of layers and their numbers are taken, everything else is skipped.
/// </summary>
sealed class CaffeModel
{
    const int MostBytes = int.MaxValue - 64;

    readonly string _path;
    readonly byte[] _bytes;
    readonly List<string> _order = [];
    readonly Dictionary<string, List<Blob>> _layers = [];

    CaffeModel(string path, byte[] bytes)
    {
        (_path, _bytes) = (path, bytes);
        foreach (Field field in Fields(0, bytes.Length))
            // layers (2014 and before) and layer; each layer of 2013 lies in one more message.
            if (field is { Number: 2 or 100, IsMessage: true })
                Add(field, isNewest: field.Number == 100);
    }

    /// <summary>Where numbers lie in the file, and their axes.</summary>
    readonly record struct Blob(int[] Dims, int Start, int Count, bool IsDouble);

    readonly record struct Field(int Number, bool IsMessage, long Value, int Start, int Length);

    /// <summary>True of a file with Caffe's ending.</summary>
    public static bool IsOne(string path) => path.EndsWith(".caffemodel", StringComparison.OrdinalIgnoreCase)
        && File.Exists(path);

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFormatException">It is damaged, or not Caffe's.</exception>
    public static CaffeModel Read(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MostBytes })
            throw new DataFormatException(path, "", "it is larger than 2 GB, which the format does not allow",
                "Fetch it again.");
        var model = new CaffeModel(path, File.ReadAllBytes(path));
        return model._layers.Count > 0 ? model : throw model.Damaged("no layer in it has numbers");
    }

    /// <summary>The names of all layers in the order of the file.</summary>
    public IReadOnlyList<string> Order => _order;

    /// <summary>How many outputs a layer has; null when the file has no such layer.</summary>
    public int? OutputsOf(string name) => _layers.TryGetValue(name, out List<Blob>? blobs)
        ? blobs[^1].Count : null;

    /// <summary>Puts weights and biases of layers into a network, each where it belongs here: features last.</summary>
    /// <param name="model">Convolutions, then linear layers.</param>
    /// <param name="names">Caffe's name of each of them.</param>
    /// <exception cref="DataFormatException">A layer is missing or has other shapes.</exception>
    public void Fill(Sequential model, IReadOnlyList<string> names)
    {
        int next = 0, channels = 0;
        foreach (Layer layer in model)
            if (layer is Conv2d convolution)
            {
                Shape k = convolution.Weight.Shape;
                Set(convolution.Weight, names[next], 0, [k[3], k[2], k[0], k[1]], x => x.Permute(2, 3, 1, 0));
                Set(convolution.Bias!, names[next++], 1, [k[3]], x => x);
                channels = k[3];
            }
            else if (layer is Linear linear)
            {
                (int outputs, int inputs) = (linear.Weight.Shape[0], linear.Weight.Shape[1]);
                // Caffe flattens images channel by channel.
                Set(linear.Weight, names[next], 0, [outputs, inputs], x => channels <= 1 ? x
                    : x.Reshape([outputs, channels, inputs / channels]).Permute(0, 2, 1).Reshape([outputs, inputs]));
                Set(linear.Bias!, names[next++], 1, [outputs], x => x);
                channels = 0;
            }
    }

    void Set(Parameter parameter, string name, int place, Shape shape, Func<Tensor, Tensor> order)
    {
        if (!_layers.TryGetValue(name, out List<Blob>? blobs) || place >= blobs.Count)
            throw Damaged($"it has no {(place == 0 ? "weights" : "biases")} of a layer {name}");
        Blob blob = blobs[place];
        int[] axes = [.. blob.Dims.SkipWhile(n => n == 1)], wanted = [.. shape.SkipWhile(n => n == 1)];
        parameter.Set(axes.SequenceEqual(wanted) ? order(Tensor.Of(Numbers(blob), shape))
            : throw Damaged($"{name} has numbers of [{string.Join(", ", blob.Dims)}], but {shape} are expected"));
    }

    float[] Numbers(Blob blob)
    {
        var numbers = new float[blob.Count];
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(blob.Start, blob.Count * (blob.IsDouble ? 8 : 4));
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = blob.IsDouble ? (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..])
                : BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]);
        return numbers;
    }

    void Add(Field layer, bool isNewest)
    {
        string name = "";
        List<Blob> blobs = [];
        foreach (Field field in Fields(layer.Start, layer.Length))
            if (!field.IsMessage)
                continue;
            else if (field.Number == (isNewest ? 1 : 4))
                name = Text(field);
            else if (field.Number == (isNewest ? 7 : 6))
                blobs.Add(BlobOf(field));
            else if (!isNewest && field.Number == 1)
                foreach (Field old in Fields(field.Start, field.Length).Where(old => old.IsMessage))
                    if (old.Number == 1)
                        name = Text(old);
                    else if (old.Number == 50)
                        blobs.Add(BlobOf(old));
        _order.Add(name);
        if (blobs.Count > 0)
            _layers[name] = blobs;
    }

    string Text(Field field) => Encoding.UTF8.GetString(_bytes, field.Start, field.Length);

    // num, channels, height and width, or a shape; the numbers packed.
    Blob BlobOf(Field blob)
    {
        int[] dims = [];
        var old = new SortedDictionary<int, int>();
        (int start, int length, bool isDouble) = (0, 0, false);
        foreach (Field field in Fields(blob.Start, blob.Length))
            switch (field)
            {
                case { Number: >= 1 and <= 4, IsMessage: false }:
                    old[field.Number] = (int)Math.Clamp(field.Value, 0, int.MaxValue);
                    break;
                case { Number: 5 or 8, IsMessage: true }:
                    (start, length, isDouble) = (field.Start, field.Length, field.Number == 8);
                    break;
                case { Number: 7, IsMessage: true }:
                    dims = DimsOf(field);
                    break;
            }
        dims = dims.Length > 0 ? dims : [.. old.Values];
        long count = dims.Aggregate(1L, (a, b) => Math.Min(a * b, long.MaxValue >> 32));
        return count * (isDouble ? 8 : 4) == length ? new(dims, start, (int)count, isDouble)
            : throw Damaged($"a blob of [{string.Join(", ", dims)}] has {length} bytes");
    }

    // BlobShape: dim, packed or one by one.
    int[] DimsOf(Field shape)
    {
        List<int> dims = [];
        foreach (Field field in Fields(shape.Start, shape.Length).Where(field => field.Number == 1))
            if (!field.IsMessage)
                dims.Add((int)Math.Clamp(field.Value, 0, int.MaxValue));
            else
                for (int at = field.Start; at < field.Start + field.Length;)
                    dims.Add((int)Math.Clamp(Varint(ref at, field.Start + field.Length), 0, int.MaxValue));
        return [.. dims];
    }

    IEnumerable<Field> Fields(int start, int length)
    {
        int at = start, end = start + length;
        while (at < end)
        {
            long tag = Varint(ref at, end);
            int number = (int)Math.Clamp(tag >> 3, 0, int.MaxValue), kind = (int)(tag & 7);
            long value = kind == 0 ? Varint(ref at, end) : 0;
            long size = kind switch { 0 => 0, 1 => 8, 2 => Varint(ref at, end), 5 => 4, _ => -1 };
            if (size < 0 || size > end - at)
                throw Damaged($"a field of {size} bytes does not fit at byte {at}");
            yield return new(number, kind == 2, value, at, (int)size);
            at += (int)size;
        }
    }

    long Varint(ref int at, int end)
    {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (at >= end)
                throw Damaged($"it ends within a number, at byte {at}");
            byte part = _bytes[at++];
            value |= (long)(part & 127) << shift;
            if (part < 128)
                return value;
        }
        throw Damaged($"a number at byte {at} has no end");
    }

    DataFormatException Damaged(string problem) => new(_path, "", problem,
        "It is not a .caffemodel file of AlexNet, or a damaged one: fetch it again.");
}
