using System.IO.Compression;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Onnx.Tests;
using Hondo.Serialization;

namespace Hondo.Transfer.Tests;

/// <summary>Networks by name give what other frameworks give.</summary>
public sealed class PretrainedTests
{
    static readonly string[] Photos = ["bird", "car", "cat", "chicken", "coffee", "hot_dog", "parrot", "rocket"];

    [SharedFact("data/imagenet/squeezenet1_0.onnx")]
    public void SqueezeNet_gives_the_expected_logits() => Check(Pretrained.SqueezeNet(), "squeezenet1_0");

    [SharedFact("data/imagenet/mobilenet_v1_0.25_128.onnx")]
    public void MobileNet_v1_gives_the_expected_logits() => Check(Pretrained.MobileNetV1(), "mobilenet_v1_0.25_128");

    [SharedFact("data/imagenet/mobilenet_v2_1.0_224.onnx")]
    public void MobileNet_v2_gives_the_expected_logits() => Check(Pretrained.MobileNetV2(), "mobilenet_v2_1.0_224");

    static void Check(PretrainedNetwork network, string name)
    {
        Assert.IsType<Sequential>(network.Model);
        Assert.Equal(1000, network.Card.ClassNames.Count);
        var expected = Safetensors.Read(Shared.At("data/imagenet/expected_logits.safetensors"));
        int side = network.Card.InputShape!.Value[0];
        foreach (string photo in Photos)
        {
            float[] logits = expected.Tensors[$"{name}/{photo}"].ToArray<float>();
            Image crop = ImageFile.Read(Shared.At($"data/imagenet/crops/{side}/{photo}.png"));
            float[] scores = network.Scores(crop).ToArray<float>();
            Assert.All(scores.Zip(logits), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
            Assert.Equal(Best(logits), network.Classify(crop).Select(guess => guess.Index));
        }
    }

    static IEnumerable<int> Best(float[] logits) =>
        Enumerable.Range(0, logits.Length).OrderByDescending(i => logits[i]).Take(5);

    [SharedFact("data/imagenet/mobilenet_v2_1.0_224.onnx")]
    public void Photos_of_any_size_and_format_are_named()
    {
        PretrainedNetwork network = Pretrained.MobileNetV2();
        Assert.Equal(["chickadee", "racer", "tiger cat", "hen", "espresso", "hotdog", "macaw", "missile"],
            Photos.Select(photo => network.Classify(Directory.GetFiles(Shared.At("data/imagenet/photos"),
                photo + ".*").Single())[0].Name));
    }

    [SharedFact("data/cifar10/models/resnet20.onnx")]
    public void Residual_networks_give_the_expected_logits()
    {
        var expected = Safetensors.Read(Shared.At("data/cifar10/models/expected_logits.safetensors"));
        foreach (PretrainedNetwork network in new[] { Pretrained.ResNet20(), Pretrained.ResNet56() })
        {
            string name = network.Card.Extra[PretrainedNetwork.WeightsEntry].Split(' ')[0];
            float[] logits = expected.Tensors[name].ToArray<float>();
            foreach ((int i, Image picture) in Cifar(20).Index())
                Assert.All(network.Scores(picture).ToArray<float>().Zip(logits.Skip(10 * i)),
                    pair => Assert.Equal(pair.Second, pair.First, 1e-4));
        }
    }

    // A record is its class, then 1,024 numbers of each colour.
    static IEnumerable<Image> Cifar(int count)
    {
        using var file = new GZipStream(File.OpenRead(Shared.At("data/cifar10/test_2000.bin.gz")),
            CompressionMode.Decompress);
        var record = new byte[3073];
        for (int n = 0; n < count; n++)
        {
            file.ReadExactly(record);
            yield return new([.. Enumerable.Range(0, 3072).Select(i => record[1 + i % 3 * 1024 + i / 3])], 32, 32, 3);
        }
    }

    [SharedFact("data/imagenet/mobilenet_v1_0.25_128.onnx")]
    public void What_is_saved_with_its_card_sees_pictures_as_before()
    {
        PretrainedNetwork network = Pretrained.MobileNetV1();
        string path = Path.GetTempFileName();
        try
        {
            ModelFile.Save(network.Model, path, network.Card);
            (Layer model, ModelCard card) = ModelFile.Load(path);
            Image photo = ImageFile.Read(Shared.At("data/imagenet/photos/cat.png"));
            Assert.Equal(network.Classify(photo), new PretrainedNetwork(model, card).Classify(photo));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
