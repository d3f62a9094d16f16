using Hondo.Data;
using Hondo.Data.Tests;
using Hondo.Layers;
using Hondo.Onnx;
using Hondo.Onnx.Tests;
using Hondo.Serialization;

namespace Hondo.Transfer.Tests;

/// <summary>ONNX files by their paths: what they say of their pictures, and what is said for them.</summary>
public sealed class OnnxNetworksTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    string PathOf(string name) => Path.Combine(_scratch.Folder, name);

    [SharedFact("data/imagenet/squeezenet1_0.onnx")]
    public void A_file_of_the_catalog_is_known_by_its_sum_under_any_name()
    {
        File.Copy(Shared.At("data/imagenet/squeezenet1_0.onnx"), PathOf("mine.onnx"));
        PretrainedNetwork network = OnnxNetworks.Open(PathOf("mine.onnx"));
        Assert.Null(network.Note);
        Assert.Equal(Pretrained.SqueezeNet().Classify(Photo("parrot.jpg")), network.Classify(Photo("parrot.jpg")));
    }

    [SharedFact("data/imagenet/mobilenet_v1_0.25_128_bn.onnx")]
    public void What_a_file_does_not_say_is_said_for_it()
    {
        string path = Shared.At("data/imagenet/mobilenet_v1_0.25_128_bn.onnx");
        PretrainedNetwork told = OnnxNetworks.Open(path, "mean 128 deviation 128 shorter 146",
            OnnxNetworks.ReadNames("imagenet"));
        Assert.Null(told.Note);
        Assert.Equal(Pretrained.MobileNetV1().Classify(Photo("cat.png"), 3).Select(guess => guess.Name),
            told.Classify(Photo("cat.png"), 3).Select(guess => guess.Name));
        PretrainedNetwork plain = OnnxNetworks.Open(path);
        Assert.Contains("--preprocess", plain.Note, StringComparison.Ordinal);
        Assert.Equal("class 281", plain.Card.ClassNames[281]);
    }

    [SharedFact("data/imagenet/mobilenet_v1_0.25_128.onnx")]
    public void A_file_that_takes_bytes_sees_pictures_as_the_network_that_it_was_made_of()
    {
        PretrainedNetwork network = Pretrained.MobileNetV1();
        OnnxExport.Save(network.Model, PathOf("raw.onnx"), options: new() { Card = network.Card, Normalizes = true });
        PretrainedNetwork raw = OnnxNetworks.Open(PathOf("raw.onnx"));
        // Bytes are normalized by a layer in front: it explains and trains like any other.
        Assert.IsType<Rescale>(Assert.IsType<Sequential>(raw.Model)[0]);
        Assert.Equal("uint8 [batch, 3, 128, 128]", OnnxInfo.Read(PathOf("raw.onnx")).Inputs[0].Type);
        foreach ((ClassGuess expected, ClassGuess got) in network.Classify(Photo("bird.png"))
            .Zip(raw.Classify(Photo("bird.png"))))
        {
            Assert.Equal(expected.Name, got.Name);
            Assert.Equal(expected.Probability, got.Probability, 1e-5);
        }
    }

    [Fact]
    public void A_file_of_ones_own_says_everything()
    {
        var model = new Sequential(new Conv2d(1, 2, 3), new Relu(), new GlobalAveragePool2d(), new Softmax());
        var card = new ModelCard
        {
            InputShape = [8, 8, 1], ClassNames = ["left", "right"],
            Normalization = new Normalization([0.25f], [0.5f]).ToText(),
        };
        OnnxExport.Save(model, PathOf("own.onnx"), options: new() { Card = card });
        PretrainedNetwork network = OnnxNetworks.Open(PathOf("own.onnx"));
        Assert.Equal((card.Normalization, "left right"),
            (network.Card.Normalization, string.Join(' ', network.Card.ClassNames)));
        // Scores, not probabilities: a softmax follows.
        Assert.Equal(3, Assert.IsType<Sequential>(network.Model).Count);
    }

    [Theory]
    [InlineData("imagenet", "the middle 224×224 of 256, red first, (x - [123.675, 116.28, 103.53]) "
        + "/ [58.395, 57.12, 57.375]")]
    [InlineData("caffe size 227", "the middle 227×227 of 256, blue first, (x - [123, 117, 104]) / 1")]
    [InlineData("mean 127.5 deviation 1,2,4 bgr shorter 300",
        "the middle 224×224 of 300, blue first, (x - 127.5) / [1, 2, 4]")]
    [InlineData("unit size 300", "300×300, red first, (x - 0) / 255")]
    public void Preprocessing_is_read_from_words(string text, string expected) =>
        Assert.Equal(expected, Preprocessing.Parse(text, null).ToString());

    [Theory]
    [InlineData("imagnet", "'imagnet' is no word of it")]
    [InlineData("mean 1,2", "one number, or three")]
    [InlineData("deviation 0", "a deviation is not above 0")]
    [InlineData("size", "one number, or three")]
    public void What_is_no_preprocessing_says_why(string text, string problem) => Assert.Contains(problem,
        Assert.Throws<DataFormatException>(() => Preprocessing.Parse(text, null)).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_must_be_as_many_as_the_outputs()
    {
        OnnxExport.Save(new Sequential(new Linear(4, 3)), PathOf("rows.onnx"), [4]);
        Assert.Empty(OnnxNetworks.Open(PathOf("rows.onnx")).Card.ClassNames);
        Assert.Equal(["a", "b", "c"], OnnxNetworks.Open(PathOf("rows.onnx"), null, ["a", "b", "c"]).Card.ClassNames);
        Assert.Contains("3 outputs, but there are 2 names", Assert.Throws<DataFormatException>(() =>
            OnnxNetworks.Open(PathOf("rows.onnx"), null, ["a", "b"])).Message, StringComparison.Ordinal);
    }

    static string Photo(string name) => Shared.At("data/imagenet/photos/" + name);
}
