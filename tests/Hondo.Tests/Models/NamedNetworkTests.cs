using Hondo.Layers;
using Hondo.Models;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Tests.Models;

/// <summary>Networks by name, with the parameter counts that were published or that PyTorch's versions have.</summary>
public sealed class NamedNetworkTests
{
    [Theory]
    [InlineData("lenet5", "28x28x1", 10, 61_706)]
    [InlineData("cnn", "28x28x1", 10, 34_826)]
    [InlineData("vgg", "28x28x1", 10, 468_138)]
    [InlineData("resnet20", "32x32x3", 10, 272_474)]
    [InlineData("resnet20(projects: false)", "32x32x3", 10, 269_722)]
    [InlineData("resnet(layers: 110, projects: false)", "32x32x3", 10, 1_727_962)]
    [InlineData("alexnet", "227x227x3", 1000, 60_965_224)]
    [InlineData("alexnet(groups: 1)", "224x224x3", 1000, 62_378_344)]
    [InlineData("squeezenet", "224x224x3", 1000, 1_235_496)]
    [InlineData("squeezenet10", "224x224x3", 1000, 1_248_424)]
    [InlineData("mobilenet", "224x224x3", 1000, 4_231_976)]
    public void Parameters_are_as_many_as_published(string name, string input, int classes, long parameters)
    {
        Layer model = Make(name, input, classes);
        new ShapeTrace().Follow(() => model.Forward(ShapeTrace.Input([1, .. Sample(input)])));
        Assert.Equal(parameters, model.Named.AllParameters.Sum(parameter => (long)parameter.Shape.Size));
    }

    [Theory]
    [InlineData("lenet5", "12x12x3")]
    [InlineData("lenet5", "64x48x1")]
    [InlineData("cnn", "10x11x2")]
    [InlineData("vgg", "8x9x1")]
    [InlineData("resnet20", "8x8x1")]
    [InlineData("resnet20(projects: false)", "9x11x3")]
    [InlineData("squeezenet", "33x40x3")]
    [InlineData("mobilenet(width: 0.25)", "10x8x3")]
    public void Any_size_of_image_and_number_of_classes_will_do(string name, string input)
    {
        Layer model = Make(name, input, 3);
        Assert.Equal([2, 3], model.Forward(Tensor.Zeros([2, .. Sample(input)])).Shape);
        Assert.Equal(model.ToString(), ModelText.Parse(model.ToString()!).ToString());
    }

    [Theory]
    [InlineData("lenet5", "4x4x1", "needs images of at least 12×12 pixels")]
    [InlineData("cnn", "30", "cnn takes images [height, width, channels]")]
    [InlineData("resnet(layers: 21)", "32x32x3", "6n + 2 layers")]
    public void Data_that_a_network_cannot_take_is_refused_by_name(string name, string input, string problem)
    {
        var error = Assert.Throws<CallTextException>(() => Make(name, input, 10));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    static Layer Make(string name, string input, int classes) => ModelCatalog.Parse(name, Sample(input), classes);

    static Shape Sample(string text) => Shape.Create([.. text.Split('x').Select(int.Parse)]);
}
