using System.IO.Compression;
using System.Text;
using Hondo.Layers;
using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Fuzz.Readers;

/// <summary>Good inputs, small ones: what is damaged in them is met soon.</summary>
static class Samples
{
    /// <summary>Models whose texts are damaged, with the shape of a sample each.</summary>
    public static (Layer Model, string Input)[] Models { get; } =
    [
        (new Sequential(new Linear(4, 3), new Relu(), new Linear(3, 2)), "[4]"),
        (new Sequential(new Conv2d(1, 2, kernel: 3, padding: 1), new BatchNorm(2), new MaxPool2d(2),
            new GlobalAveragePool2d(), new Linear(2, 2)), "[6, 6, 1]"),
        (new Sequential(new Conv1d(2, 3, kernel: 2, dilation: 2), new AveragePool1d(2), new Flatten()), "[8, 2]"),
        (new Sequential(new Upsample(2), new Residual(new Sequential(new Reshape(4, 4, 1))),
            new AdaptiveAveragePool2d(2, 2), new Dropout(0.5)), "[2, 2, 1]"),
    ];

    public static byte[][] ModelHeaders() => ReaderList.Bytes([.. Models.Select((model, i) =>
        $"{i}\nhondo.model\t{model.Model}\nhondo.input\t{model.Input}\nhondo.loss\tCrossEntropy()\n"
        + "hondo.classes\t[\"0\",\"1\"]\n"
        + "hondo.normalization\t{\"mean\":[0.5],\"deviation\":[0.2]}\nhondo.metric.a\t0.5")]);

    public static byte[][] Safetensors()
    {
        using var stream = new MemoryStream();
        new Serialization.Safetensors(new Dictionary<string, Tensor>
        {
            ["a"] = Tensor.Of([1f, 2, 3, 4, 5, 6], [2, 3]),
            ["b"] = Tensor.Of([1.0, 2]),
            ["c"] = Tensor.Of([1, 2, 3]),
        }, new Dictionary<string, string> { ["note"] = "x" }).Write(stream);
        const string Header =
            """{"h":{"dtype":"F16","shape":[2,2],"data_offsets":[0,8]},"""
            + "\"l\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[8,16]}}";
        byte[] plain =
            [.. BitConverter.GetBytes((long)Header.Length), .. Encoding.UTF8.GetBytes(Header), .. new byte[16]];
        return [stream.ToArray(), plain];
    }

    /// <summary>A checkpoint's texts and numbers.</summary>
    public static byte[][] Checkpoint()
    {
        string path = Path.GetTempFileName();
        var model = new Sequential(new Linear(2, 2));
        var optimizer = new Adam(model.Parameters, 0.1);
        Serialization.Checkpoint.Save(path, model, optimizer, new Dictionary<string, string> { ["step"] = "7" });
        byte[] bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return [bytes];
    }

    public static byte[][] Idx()
    {
        byte[] labels = [0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 0], images =
            [0, 0, 8, 3, .. "\0\0\0\u0002\0\0\0\u0003\0\0\0\u0002"u8,
            .. new byte[12]];
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(images);
        return [labels, images, packed.ToArray()];
    }

    public static byte[][] Csv() => ReaderList.Bytes(
        "a,b,label\n1,2.5,x\n3,-4,y\n5,6,x\n7,8,y\n9,1,x\n2,3,y\n",
        "a;b;c\n1,5;2;\"x;y\"\n1,25;3;z\n2;4;z\n3,5;1;\"q\"\"q\"\n",
        "name\tage\tprice\nann\t31\t€1.5\nbob\t\t2%\ncid\tNA\t3\n",
        "1.0,2.0,0\n2.0,1.0,1\n3.0,4.0,0\n",
        "date,1,2,y\n2020-01-02,1,2,3\n2020-01-03,4,5,6\n2020-01-04,7,8,9\n");

    public static byte[][] Png() =>
    [
        Written(2, 2, 3), Written(6, 5, 3), Written(3, 4, 1),
    ];

    public static byte[][] Jpeg() => [Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCw"
            + "kJDRENDg8QEBEQCgwSExIQEw8QEBD/"
        + "yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k="), Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP////////////////////////////////////////////////////////"
            + "//////////////////////////////"
        + "2wBDAf////////////////////////////////////////////////////////////////////////////////////"
        + "//wAARCAABAAEDASIAAhEBAxEB/8QA"
        + "FQABAQAAAAAAAAAAAAAAAAAAAAf/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EAB"
        + "QRAQAAAAAAAAAAAAAAAAAAAAD/"
        + "2gAMAwEAAhEDEQA/AKpgA//Z")];

    public static byte[][] Cifar() =>
        [new byte[3073], [.. Enumerable.Range(0, 6146).Select(i => (byte)(i % 3073 == 0 ? 3 : i))]];

    public static byte[][] Texts() => [.. ReaderList.Bytes("To be, or not to be:\nthat is the question.\n",
        "eins zwei drei vier\r\nfünf sechs\rsieben\r\n", "日本語のテキスト 𝄞 ok\n"), [0xEF, 0xBB, 0xBF, 97, 98, 10, 97]];

    public static byte[][] ModelTexts() => ReaderList.Bytes(
        "Sequential(Linear(784, 64), Relu(), Dropout(0.2), Linear(64, 10))",
        "Sequential(Conv2d(1, 8, kernel: [3, 1], stride: 2, padding: same, dilation: 1, groups: 1), MaxPool2d(2), "
            + "Flatten())",
        "Sequential(Embedding(65, 16), Lstm(16, 32, layers: 2, dropout: 0.1), LayerNorm(32), MultiHeadAttention(32, "
            + "4))",
        "Residual(Sequential(ConvTranspose2d(4, 4, 3), GroupNorm(2, 4)), shortcut: Identity())",
        "Branches(Identity(), NeuralTuringMachine(8, hidden: 16), Reshape(-1, 4), Upsample(2), PRelu(8))",
        "mlp(hidden: [32, 32], dropout: 0)", "resnet18()", "char-rnn(layers: 2)");

    public static byte[][] OptimizerTexts() => ReaderList.Bytes(
        "Adam(learningRate: 0.001, before: [ClipNorm(1), L2(1e-4)])", "Momentum(0.1, beta: 0.9)", "adamw",
        "NAdam(0.002)",
        "RmsProp(learningRate: 0.01, beta: 0.99, momentum: 0, epsilon: 1e-8, before: [ClipValue(5)])");

    public static byte[][] ScheduleTexts() => ReaderList.Bytes(
        "WarmUp(5, then: CosineDecay(30, minimum: 0.1))", "OneCycle(10)",
        "InSteps(MultiStepDecay([10, 20], factor: 0.1))",
        "Plateau(factor: 0.1, patience: 10)", "CyclicRate(0.1, 2, 2)", "PolynomialDecay(10, power: 2)");

    public static byte[][] AugmentTexts() => ReaderList.Bytes(
        "shift(2), rotate(10), flip, mixup", "RandomResizedCrop(leastArea: 0.08), ColorJitter(), CutMix(1), Erase(0.5)",
        "Cutout(4), Scale(0.1), Shear(5), RandomCrop(4), GaussianNoise(0.1)");

    /// <summary>Files of a run folder in one text.</summary>
    public static byte[][] Runs() => ReaderList.Bytes(RunText);

    const string RunText =
        """
        === run.json
        {"name":"x","status":"done","command":"hondo train iris","process":10915,"started":"2026-11-29T07:25:47+00:00",
        "ended":"2026-11-29T07:25:48+00:00","seed":1,"threads":2,"epochs":3,"versions":{"hondo":"0.1.0"}}
        === config.json
        {"data":"iris","model":"mlp(hidden: [32, 32])","optimizer":"Adam(learningRate: 0.01)","epochs":3,"batch":16}
        === metrics.jsonl
        {"step":1,"epoch":1,"loss":1.71,"learningRate":0.01,"elapsed":0.6}
        {"epoch":1,"seconds":0.5,"train":{"loss":2,"accuracy":0.5},"dev":{"loss":1,"accuracy":0.7}}
        {"epoch":2,"seconds":0.5,"train":{"loss":1,"accuracy":0.8},"dev":{"loss":0.5,"accuracy":0.9}}
        === events.jsonl
        {"event":"warning","message":"something","step":1,"epoch":1}
        """;

    /// <summary>A run folder whose texts are odd JSON by a grammar.</summary>
    public static byte[] OddRun(Random random) => Encoding.UTF8.GetBytes(
        $"=== run.json\n{OddJson.Of(random)}\n=== config.json\n{OddJson.Of(random)}\n=== "
            + $"metrics.jsonl\n{OddJson.Of(random)}\n"
        + $"{OddJson.Of(random)}\n=== events.jsonl\n{OddJson.Of(random)}\n");

    // PNG without filters and with stored blocks.
    static byte[] Written(int width, int height, int channels)
    {
        using var rows = new MemoryStream();
        using (var packed = new ZLibStream(rows, CompressionLevel.Fastest, leaveOpen: true))
            for (int y = 0; y < height; y++)
                packed.Write([(byte)(y % 5), .. Enumerable.Range(0, width * channels).Select(i => (byte)(i * 37))]);
        byte[] header = [0, 0, 0, (byte)width, 0, 0, 0, (byte)height, 8, (byte)(channels == 3 ? 2 : 0), 0, 0, 0];
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", rows.ToArray()),
            .. Chunk("IEND", [])];
    }

    /// <summary>A picture whose chunks are damaged but have the right checksums: a reader comes to what is in them.
    /// </summary>
    public static byte[] OddPng(Random random)
    {
        byte[] good = Png()[random.Next(Png().Length)];
        var odd = new MemoryStream();
        odd.Write(good.AsSpan(0, 8));
        for (int at = 8; at + 12 <= good.Length;)
        {
            int length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(good.AsSpan(at));
            byte[] data = good[(at + 8)..(at + 8 + length)];
            string name = Encoding.ASCII.GetString(good, at + 4, 4);
            for (int times = random.Next(12) == 0 ? 2 : 1; times > 0; times--)
                odd.Write(Chunk(name, random.Next(2) == 0 ? data : Mutation.Of(data, random)));
            at += 12 + length;
        }
        return odd.ToArray();
    }

    static byte[] Chunk(string name, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
        byte[] length = BitConverter.GetBytes(data.Length), sum = BitConverter.GetBytes(Crc(body));
        return [.. length.Reverse(), .. body, .. sum.Reverse()];
    }

    static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }
}
