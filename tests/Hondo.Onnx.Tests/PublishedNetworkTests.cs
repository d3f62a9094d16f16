using System.IO.Compression;
using Hondo.Data;
using Hondo.Inference;
using Hondo.Layers;
using Hondo.Serialization;
using Hondo.Tensors;
using Xunit.Abstractions;

namespace Hondo.Onnx.Tests;

/// <summary>Networks with real weights give the logits that other frameworks give.</summary>
public sealed class PublishedNetworkTests(ITestOutputHelper output)
{
    static readonly string[] Photos = ["bird", "car", "cat", "chicken", "coffee", "hot_dog", "parrot", "rocket"];

    [SharedFact("data/imagenet/squeezenet1_0.onnx")]
    public void SqueezeNet_gives_the_expected_logits() =>
        Check("squeezenet1_0", 227, (pixels, c) => pixels[2 - c] - new float[] { 104, 117, 123 }[c]);

    [SharedFact("data/imagenet/mobilenet_v2_1.0_224.onnx")]
    public void MobileNet_v2_gives_the_expected_logits() => Check("mobilenet_v2_1.0_224", 224, Centered);

    [SharedFact("data/imagenet/mobilenet_v1_0.25_128.onnx")]
    public void MobileNet_v1_gives_the_expected_logits() => Check("mobilenet_v1_0.25_128", 128, Centered);

    [SharedFact("data/imagenet/mobilenet_v1_0.25_128_bn.onnx")]
    public void MobileNet_v1_with_batch_norm_gives_the_expected_logits() =>
        Check("mobilenet_v1_0.25_128_bn", 128, Centered);

    static float Centered(float[] pixel, int channel) => (pixel[channel] - 128) / 128;

    static void Check(string name, int side, Func<float[], int, float> normalize)
    {
        Layer model = OnnxModel.Load(Shared.At($"data/imagenet/{name}.onnx"));
        Assert.IsType<Sequential>(model);
        var predictor = new Predictor(model);
        var expected = Safetensors.Read(Shared.At("data/imagenet/expected_logits.safetensors"));
        foreach (string photo in Photos)
        {
            Tensor x = Crop(Shared.At($"data/imagenet/crops/{side}/{photo}.png"), side, normalize);
            float[] logits = expected.Tensors[$"{name}/{photo}"].ToArray<float>();
            foreach (float[] got in new[] { Infer(model, x), predictor.Forward(x).ToArray<float>() })
            {
                Assert.All(got.Zip(logits), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
                Assert.Equal(Best(logits), Best(got));
            }
        }
    }

    // Layers lie features last all through; what is left of a graph's own layout would be an OnnxModel.
    [SharedTheory("onnx/light/light_vgg19.onnx")]
    [InlineData("data/imagenet/squeezenet1_0.onnx")]
    [InlineData("data/imagenet/mobilenet_v1_0.25_128_bn.onnx")]
    [InlineData("data/imagenet/mobilenet_v2_1.0_224.onnx")]
    [InlineData("data/cifar10/models/resnet20.onnx")]
    [InlineData("onnx/light/light_bvlc_alexnet.onnx")]
    [InlineData("onnx/light/light_resnet50.onnx")]
    [InlineData("onnx/light/light_vgg19.onnx")]
    public void No_transpose_is_left(string file)
    {
        string path = Shared.At(file), layers = OnnxInfo.Read(path).Layers;
        output.WriteLine($"{Path.GetFileName(path)}: {layers}");
        Assert.EndsWith("of Hondo's own, which train; 0 transposes left", layers, StringComparison.Ordinal);
    }

    static int[] Best(float[] logits) =>
        [.. Enumerable.Range(0, logits.Length).OrderByDescending(i => logits[i]).Take(5)];

    static float[] Infer(Layer model, Tensor x)
    {
        using Tape.Scope step = Tape.Begin(Mode.Inference);
        return model.Forward(x).ToArray<float>();
    }

    static Tensor Crop(string path, int side, Func<float[], int, float> normalize)
    {
        Image image = ImageFile.Read(path);
        var numbers = new float[side * side * 3];
        for (int i = 0; i < numbers.Length; i += 3)
        {
            float[] pixel = [image.Pixels[i], image.Pixels[i + 1], image.Pixels[i + 2]];
            for (int c = 0; c < 3; c++)
                numbers[i + c] = normalize(pixel, c);
        }
        return Tensor.Of(numbers, [1, side, side, 3]);
    }

    [SharedFact("data/cifar10/models/resnet20.onnx")]
    public void Residual_networks_give_the_expected_logits()
    {
        var expected = Safetensors.Read(Shared.At("data/cifar10/models/expected_logits.safetensors"));
        Tensor x = Cifar(200);
        foreach (string name in new[] { "resnet20", "resnet56" })
        {
            Layer model = OnnxModel.Load(Shared.At($"data/cifar10/models/{name}.onnx"));
            Assert.IsType<Sequential>(model);
            Assert.All(Infer(model, x).Zip(expected.Tensors[name].ToArray<float>()),
                pair => Assert.Equal(pair.Second, pair.First, 1e-4));
        }
    }

    // A record is its class, then 1,024 numbers of each colour.
    static Tensor Cifar(int count)
    {
        float[] mean = [0.485f, 0.456f, 0.406f], deviation = [0.229f, 0.224f, 0.225f];
        using var file = new GZipStream(File.OpenRead(Shared.At("data/cifar10/test_2000.bin.gz")),
            CompressionMode.Decompress);
        var record = new byte[3073];
        var numbers = new float[count * 3072];
        for (int n = 0; n < count; n++)
        {
            file.ReadExactly(record);
            for (int i = 0; i < 3072; i++)
                numbers[n * 3072 + i] = (record[1 + i % 3 * 1024 + i / 3] / 255f - mean[i % 3]) / deviation[i % 3];
        }
        return Tensor.Of(numbers, [count, 32, 32, 3]);
    }
}
