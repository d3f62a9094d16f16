using Hondo.Data;
using Hondo.Layers;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Transfer;

/// <summary>
/// AlexNet's weights as others keep them in safetensors: torchvision's (<c>features.0.weight</c> …
/// <c>classifier.6.bias</c>, the network of one tower, Krizhevsky 2014, arXiv:1404.5997) and those of Berkeley's Caffe
/// (<c>conv1.weight</c> … <c>fc8.bias</c>, the network of 2012 with two groups); and Berkeley's own
/// <c>bvlc_alexnet.caffemodel</c>, and its CaffeNet, which pools before it normalizes. Berkeley's ONNX file is read by
/// <see cref="OnnxNetworks"/>.
/// </summary>
public static class AlexNetFiles
{
    const int Side = 224, Pooled = 6, Hidden = 4096, ImageNetOutputs = 1000;

    static readonly string[] Torch = ["features.0", "features.3", "features.6", "features.8", "features.10",
        "classifier.1", "classifier.4", "classifier.6"];

    static readonly string[] Caffe = ["conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8"];

    /// <summary>torchvision's network.</summary>
    /// <param name="classes">How many classes, from 1.</param>
    public static Sequential OneTower(int classes = ImageNetOutputs) => new([
        new Conv2d(3, 64, 11, stride: 4, padding: 2), new Relu(), new MaxPool2d(3, stride: 2),
        new Conv2d(64, 192, 5, padding: 2), new Relu(), new MaxPool2d(3, stride: 2),
        new Conv2d(192, 384, 3, padding: 1), new Relu(), new Conv2d(384, 256, 3, padding: 1), new Relu(),
        new Conv2d(256, 256, 3, padding: 1), new Relu(), new MaxPool2d(3, stride: 2),
        new Flatten(), new Dropout(), new Linear(Pooled * Pooled * 256, Hidden), new Relu(),
        new Dropout(), new Linear(Hidden, Hidden), new Relu(), new Linear(Hidden, classes)]);

    /// <summary>Berkeley's network: that of 2012, with the numbers that Caffe has where the paper has others.</summary>
    /// <param name="classes">How many classes, from 1.</param>
    /// <param name="poolsFirst">True for Berkeley's CaffeNet, whose pooling lies before the normalization.</param>
    public static Sequential Berkeley(int classes = ImageNetOutputs, bool poolsFirst = false) => new([
        new Conv2d(3, 96, 11, stride: 4), new Relu(), .. NormAndPool(poolsFirst),
        new Conv2d(96, 256, 5, padding: 2, groups: 2), new Relu(), .. NormAndPool(poolsFirst),
        new Conv2d(256, 384, 3, padding: 1), new Relu(), new Conv2d(384, 384, 3, padding: 1, groups: 2), new Relu(),
        new Conv2d(384, 256, 3, padding: 1, groups: 2), new Relu(), new MaxPool2d(3, stride: 2, ceilMode: true),
        new Flatten(), new Linear(Pooled * Pooled * 256, Hidden), new Relu(), new Dropout(),
        new Linear(Hidden, Hidden), new Relu(), new Dropout(), new Linear(Hidden, classes)]);

    static Layer[] NormAndPool(bool poolsFirst)
    {
        Layer norm = new LocalResponseNorm(alpha: 1e-4), pool = new MaxPool2d(3, stride: 2);
        return poolsFirst ? [pool, norm] : [norm, pool];
    }

    /// <summary>True of a safetensors file with torchvision's or Berkeley's names, and of a .caffemodel file.</summary>
    public static bool IsOne(string path) => CaffeModel.IsOne(path)
        || (path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) && File.Exists(path)
        && NamesIn(Safetensors.Read(path)) is not null);

    static string[]? NamesIn(Safetensors file) => new[] { Torch, Caffe }.FirstOrDefault(names => names.All(name =>
        file.Tensors.ContainsKey(name + ".weight") && file.Tensors.ContainsKey(name + ".bias")));

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFormatException">It has other names, or numbers of other shapes.</exception>
    public static PretrainedNetwork Open(string path)
    {
        if (CaffeModel.IsOne(path))
            return OpenCaffe(path);
        var file = Safetensors.Read(path);
        string[] names = NamesIn(file) ?? throw new DataFormatException(path, "",
            "its tensors are called neither as torchvision's AlexNet nor as Berkeley's", "torchvision calls them "
            + $"{Torch[0]}.weight to {Torch[^1]}.bias, Berkeley {Caffe[0]}.weight to {Caffe[^1]}.bias: rename them.");
        bool isTorch = names == Torch;
        int classes = file.Tensors[names[^1] + ".bias"].Shape.Size;
        Sequential model = isTorch ? OneTower(classes) : Berkeley(classes);
        Preprocessing preprocessing = isTorch ? Preprocessing.ImageNet(Side, 256) : Preprocessing.Caffe(Side);
        Dictionary<string, string> others = [];
        foreach ((int i, Parameter parameter) in model.Parameters.Index())
            others[names[i / 2] + (i % 2 == 0 ? ".weight" : ".bias")] = parameter.Name;
        Shape sample = preprocessing.Sample;
        ModelFile.Load(path, model, new LoadOptions { Rename = others.GetValueOrDefault, InputShape = sample });
        return Of(model, preprocessing, classes);
    }

    static PretrainedNetwork OpenCaffe(string path)
    {
        var file = CaffeModel.Read(path);
        string[] order = [.. file.Order];
        int classes = file.OutputsOf(Caffe[^1]) ?? throw new DataFormatException(path, "", $"it has no layer "
            + $"{Caffe[^1]}, so it is not AlexNet's", $"Its layers are to be called {Caffe[0]} to {Caffe[^1]}.");
        int pool = Array.IndexOf(order, "pool1");
        Sequential model = Berkeley(classes, poolsFirst: pool >= 0 && pool < Array.IndexOf(order, "norm1"));
        file.Fill(model, Caffe);
        return Of(model, Preprocessing.Caffe(Side), classes);
    }

    static PretrainedNetwork Of(Sequential model, Preprocessing preprocessing, int classes)
    {
        preprocessing.TakeRedFirst(model);
        var card = new ModelCard
        {
            InputShape = preprocessing.Sample, Normalization = preprocessing.Normalization.ToText(),
            Loss = "CrossEntropy()",
            ClassNames = classes == ImageNetOutputs ? ImageNetClasses.Names
                : [.. Enumerable.Range(0, classes).Select(i => $"class {i}")],
            Extra = new Dictionary<string, string>
            {
                [PretrainedNetwork.CropEntry] = FormattableString.Invariant($"{preprocessing.Crop:R}"),
            },
        };
        return new(model, card)
        {
            Aliases = classes == ImageNetOutputs ? ImageNetClasses.Aliases : new Dictionary<string, string>(),
        };
    }
}
